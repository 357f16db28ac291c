import { TestS3, elements } from "../support.ts";

const list = (objects: string, quiet = "") =>
  `<Delete xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${objects}${quiet}</Delete>`;

test("every key is deleted, and told whether a marker was made", () => {
  const s3 = new TestS3();
  s3.bucket("media", "Enabled");
  s3.call("PUT /media/a");

  const { text } = s3.call("POST /media?delete", {
    body: list("<Object><Key>a</Key></Object><Object><Key>none</Key></Object>"),
  });

  expect(elements(text, "Key")).toEqual(["a", "none"]);
  expect(elements(text, "DeleteMarker")).toEqual(["true", "true"]);
  expect(s3.errorOf("GET /media/a")).toBe("NoSuchKey");
});

test("each key is allowed by itself: some fail and the rest is deleted", () => {
  const s3 = new TestS3();
  s3.bucket("media");
  s3.call("PUT /media/a");
  s3.call("PUT /media/b");
  s3.may = ({ action, key }) => action === "s3:DeleteObject" && key === "a";

  const { status, text } = s3.call("POST /media?delete", {
    body: list(
      "<Object><Key>a</Key></Object><Object><Key>b</Key></Object><Object><Key>a</Key><VersionId>null</VersionId></Object>",
    ),
  });

  expect(status).toBe(200);
  expect(elements(text, "Code")).toEqual(["AccessDenied", "AccessDenied"]);
  expect([...s3.bucket("media").objects.keys()]).toEqual(["b"]);
});

test("quiet tells errors only", () => {
  const s3 = new TestS3();
  s3.bucket("media");
  const { text } = s3.call("POST /media?delete", {
    body: list("<Object><Key>a</Key></Object>", "<Quiet>true</Quiet>"),
  });
  expect(elements(text, "Key")).toEqual([]);
});

test("an empty list and a wrong checksum are refused", () => {
  const s3 = new TestS3();
  s3.bucket("media");
  expect(s3.errorOf("POST /media?delete", { body: list("") })).toBe("MalformedXML");
  expect(
    s3.errorOf("POST /media?delete", {
      body: list("<Object><Key>a</Key></Object>"),
      headers: { "content-md5": "AAAAAAAAAAAAAAAAAAAAAA==" },
    }),
  ).toBe("BadDigest");
});
