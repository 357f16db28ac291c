import { TestS3, elements } from "../support.ts";

const acl = (id: string) =>
  `<AccessControlPolicy><Owner><ID>100000000001</ID></Owner><AccessControlList><Grant><Grantee xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="CanonicalUser"><ID>${id}</ID></Grantee><Permission>FULL_CONTROL</Permission></Grant></AccessControlList></AccessControlPolicy>`;

test.each(["/media?acl", "/media/a?acl"])(
  "%s grants everything to the owner and nothing to others",
  (path) => {
    const s3 = new TestS3();
    s3.bucket("media");
    s3.call("PUT /media/a");
    const { text } = s3.call(`GET ${path}`);

    expect(elements(text, "ID")).toEqual(["100000000001", "100000000001"]);
    expect(elements(text, "Permission")).toEqual(["FULL_CONTROL"]);
    expect(s3.errorOf(`PUT ${path}`, { headers: { "x-amz-acl": "private" } })).toBeUndefined();
    expect(s3.errorOf(`PUT ${path}`, { headers: { "x-amz-acl": "public-read" } })).toBe(
      "AccessDenied",
    );
    expect(s3.errorOf(`PUT ${path}`, { body: acl("100000000001") })).toBeUndefined();
    expect(s3.errorOf(`PUT ${path}`, { body: acl("200000000002") })).toBe("NotImplemented");
  },
);

test("an object that is not there has no list", () => {
  const s3 = new TestS3();
  s3.bucket("media");
  expect(s3.errorOf("GET /media/none?acl")).toBe("NoSuchKey");
});
