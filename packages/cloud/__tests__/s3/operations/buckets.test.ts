import { TestS3, elements } from "../support.ts";

test("a bucket is created, found, listed and deleted", () => {
  const s3 = new TestS3();
  expect(s3.call("PUT /media").headers.location).toBe("/media");
  expect(s3.call("HEAD /media").headers["x-amz-bucket-region"]).toBe("us-east-1");
  expect(elements(s3.call("GET /").text, "Name")).toEqual(["media"]);
  expect(s3.call("DELETE /media").status).toBe(204);
  expect(s3.errorOf("HEAD /media")).toBe("NoSuchBucket");
});

test("names are unique over all customers", () => {
  const s3 = new TestS3();
  s3.call("PUT /media");
  expect(s3.errorOf("PUT /media")).toBe("BucketAlreadyOwnedByYou");
  expect(s3.errorOf("PUT /taken-by-others")).toBe("BucketAlreadyExists");
});

test.each(["ab", "Media", "a_b", "a..b", "a.-b", "192.168.0.1", "xn--a", "-ab", "a".repeat(64)])(
  "%s is no name of a bucket",
  (name) => {
    expect(new TestS3().errorOf(`PUT /${name}`)).toBe("InvalidBucketName");
  },
);

test("an account has only so many buckets", () => {
  const s3 = new TestS3({ maxBuckets: 1 });
  s3.call("PUT /one");
  expect(s3.errorOf("PUT /two")).toBe("TooManyBuckets");
});

test("a location constraint must be the endpoint's region", () => {
  const s3 = new TestS3({
    region: "eu-central-2",
    hasLocation: (constraint) => constraint === "eu-central-2",
  });
  const body = (region: string) =>
    `<CreateBucketConfiguration><LocationConstraint>${region}</LocationConstraint></CreateBucketConfiguration>`;

  expect(s3.errorOf("PUT /media")).toBe("IllegalLocationConstraintException");
  expect(s3.errorOf("PUT /media", { body: body("eu-west-1") })).toBe(
    "IllegalLocationConstraintException",
  );
  expect(s3.errorOf("PUT /media", { body: body("eu-central-2") })).toBeUndefined();
  expect(s3.call("GET /media?location").text).toContain(">eu-central-2</LocationConstraint>");
});

test("a bucket created with object lock keeps versions from the start", () => {
  const s3 = new TestS3();
  s3.call("PUT /media", { headers: { "x-amz-bucket-object-lock-enabled": "true" } });
  expect(elements(s3.call("GET /media?versioning").text, "Status")).toEqual(["Enabled"]);
});

test("a public bucket is refused", () => {
  expect(new TestS3().errorOf("PUT /media", { headers: { "x-amz-acl": "public-read" } })).toBe(
    "AccessDenied",
  );
});

test("a bucket with versions or markers in it is not deleted", () => {
  const s3 = new TestS3();
  s3.bucket("media", "Enabled");
  s3.call("PUT /media/a");
  s3.call("DELETE /media/a");
  expect(s3.errorOf("DELETE /media")).toBe("BucketNotEmpty");
});

test("force_delete deletes everything first, in so far as it may", () => {
  const s3 = new TestS3();
  s3.bucket("media", "Enabled");
  s3.call("PUT /media/a");
  s3.call("PUT /media/a");
  s3.may = ({ action }) => action !== "s3:DeleteObjectVersion";
  expect(s3.errorOf("DELETE /media?force_delete=true")).toBe("AccessDenied");
  s3.may = () => true;
  expect(s3.call("DELETE /media?force_delete=true").status).toBe(204);
});
