import { TestS3 } from "../support.ts";

const lockBucket = { "x-amz-bucket-object-lock-enabled": "true" };

test("an object comes back with its bytes, headers and entity tag", () => {
  const s3 = new TestS3();
  s3.bucket("media");
  const put = s3.call("PUT /media/a%20b/c", {
    body: "hello",
    headers: {
      "content-type": "text/plain",
      "cache-control": "no-store",
      "content-encoding": "aws-chunked,gzip",
      "x-amz-meta-origin": "camera",
      "x-amz-tagging": "a=1&b=2",
    },
  });

  const got = s3.call("GET /media/a%20b/c");

  expect(put.headers).toEqual({ etag: '"5d41402abc4b2a76b9719d911017c592"' });
  expect(got.text).toBe("hello");
  expect(got.headers).toEqual({
    "accept-ranges": "bytes",
    "cache-control": "no-store",
    "content-encoding": "gzip",
    "content-type": "text/plain",
    etag: '"5d41402abc4b2a76b9719d911017c592"',
    "last-modified": "Thu, 01 Jan 2026 12:00:00 GMT",
    "x-amz-meta-origin": "camera",
    "x-amz-tagging-count": "2",
  });
  expect(s3.call("HEAD /media/a%20b/c").headers).toEqual(got.headers);
});

test("a range is answered with 206, an impossible one with an error", () => {
  const s3 = new TestS3();
  s3.bucket("media");
  s3.call("PUT /media/a", { body: "0123456789" });

  const part = s3.call("GET /media/a", { headers: { range: "bytes=2-4" } });

  expect(part).toMatchObject({ status: 206, text: "234" });
  expect(part.headers["content-range"]).toBe("bytes 2-4/10");
  expect(s3.errorOf("GET /media/a", { headers: { range: "bytes=10-" } })).toBe("InvalidRange");
});

test("a presigned URL can replace headers of the answer", () => {
  const s3 = new TestS3();
  s3.bucket("media");
  s3.call("PUT /media/a", { body: "x" });

  const got = s3.call(
    "GET /media/a?response-content-disposition=attachment&response-content-type=video%2Fmp4",
  );

  expect(got.headers).toMatchObject({
    "content-disposition": "attachment",
    "content-type": "video/mp4",
  });
});

test("If-None-Match: * creates and never replaces", () => {
  const s3 = new TestS3();
  s3.bucket("media");
  const once = { headers: { "if-none-match": "*" }, body: "first" };

  expect(s3.call("PUT /media/lock", once).status).toBe(200);
  expect(s3.errorOf("PUT /media/lock", once)).toBe("PreconditionFailed");
  s3.call("DELETE /media/lock");
  expect(s3.call("PUT /media/lock", once).status).toBe(200);
});

test("a delete marker counts as nothing for If-None-Match", () => {
  const s3 = new TestS3();
  s3.bucket("media", "Enabled");
  const once = { headers: { "if-none-match": "*" } };
  s3.call("PUT /media/lock", once);
  s3.call("DELETE /media/lock");

  expect(s3.errorOf("PUT /media/lock", once)).toBeUndefined();
});

test("If-Match replaces only the object that the client knows", () => {
  const s3 = new TestS3();
  s3.bucket("media");
  const { etag = "" } = s3.call("PUT /media/a", { body: "1" }).headers;

  expect(s3.errorOf("PUT /media/a", { headers: { "if-match": '"other"' } })).toBe(
    "PreconditionFailed",
  );
  expect(s3.errorOf("PUT /media/a", { headers: { "if-match": etag }, body: "2" })).toBeUndefined();
  expect(s3.errorOf("PUT /media/none", { headers: { "if-match": etag } })).toBe("NoSuchKey");
});

test("a store that ignores conditions overwrites and says nothing", () => {
  const s3 = new TestS3({ ignoresConditions: true });
  s3.bucket("media");
  const once = { headers: { "if-none-match": "*" } };
  s3.call("PUT /media/lock", { ...once, body: "mine" });
  s3.call("PUT /media/lock", { ...once, body: "theirs" });

  expect(s3.call("GET /media/lock").text).toBe("theirs");
});

test("a conditional read answers 304 for what the client has", () => {
  const s3 = new TestS3();
  s3.bucket("media");
  const { etag = "" } = s3.call("PUT /media/a", { body: "1" }).headers;

  expect(s3.call("GET /media/a", { headers: { "if-none-match": etag } })).toMatchObject({
    status: 304,
    text: "",
  });
  expect(s3.errorOf("GET /media/a", { headers: { "if-match": '"other"' } })).toBe(
    "PreconditionFailed",
  );
});

test("versions are kept, hidden by a delete marker, and deleted for good by their id", () => {
  const s3 = new TestS3();
  s3.bucket("media", "Enabled");
  const first = s3.call("PUT /media/a", { body: "1" }).headers["x-amz-version-id"] ?? "";
  const second = s3.call("PUT /media/a", { body: "2" }).headers["x-amz-version-id"] ?? "";
  const deletion = s3.call("DELETE /media/a").headers;
  const marker = deletion["x-amz-version-id"] ?? "";

  expect(deletion["x-amz-delete-marker"]).toBe("true");
  expect(s3.errorOf("GET /media/a")).toBe("NoSuchKey");
  expect(s3.errorOf(`GET /media/a?versionId=${marker}`)).toBe("MethodNotAllowed");
  expect(s3.call(`GET /media/a?versionId=${first}`).text).toBe("1");
  s3.call(`DELETE /media/a?versionId=${marker}`);
  expect(s3.call("GET /media/a").text).toBe("2");
  s3.call(`DELETE /media/a?versionId=${second}`);
  expect(s3.call("GET /media/a").text).toBe("1");
  expect(s3.errorOf(`GET /media/a?versionId=${second}`)).toBe("NoSuchVersion");
});

test("an upload can bring its own retention, which keeps its version from being deleted", () => {
  const s3 = new TestS3();
  s3.call("PUT /media", { headers: lockBucket });
  const headers = {
    "x-amz-object-lock-mode": "COMPLIANCE",
    "x-amz-object-lock-retain-until-date": "2026-01-11T12:00:00Z",
    "content-md5": "1B2M2Y8AsgTpgAmY7PhCfg==",
  };
  const version = s3.call("PUT /media/a", { headers }).headers["x-amz-version-id"] ?? "";
  const remove = `DELETE /media/a?versionId=${version}`;
  const bypass = { headers: { "x-amz-bypass-governance-retention": "true" } };

  expect(s3.call("HEAD /media/a").headers).toMatchObject({
    "x-amz-object-lock-mode": "COMPLIANCE",
    "x-amz-object-lock-retain-until-date": "2026-01-11T12:00:00.000Z",
  });
  expect(s3.errorOf(remove, bypass)).toBe("AccessDenied");
  s3.pass(11);
  expect(s3.errorOf(remove)).toBeUndefined();
});

test("GOVERNANCE is bypassed by whoever asks for it and has the permission", () => {
  const s3 = new TestS3();
  s3.call("PUT /media", { headers: lockBucket });
  s3.call("PUT /media?object-lock", {
    body: "<ObjectLockConfiguration><ObjectLockEnabled>Enabled</ObjectLockEnabled><Rule><DefaultRetention><Mode>GOVERNANCE</Mode><Days>30</Days></DefaultRetention></Rule></ObjectLockConfiguration>",
  });
  const put = s3.call("PUT /media/a", { headers: { "content-md5": "1B2M2Y8AsgTpgAmY7PhCfg==" } });
  const remove = `DELETE /media/a?versionId=${put.headers["x-amz-version-id"] ?? ""}`;
  const bypass = { headers: { "x-amz-bypass-governance-retention": "true" } };

  expect(s3.errorOf(remove)).toBe("AccessDenied");
  s3.may = ({ action }) => action !== "s3:BypassGovernanceRetention";
  expect(s3.errorOf(remove, bypass)).toBe("AccessDenied");
  s3.may = () => true;
  expect(s3.errorOf(remove, bypass)).toBeUndefined();
});

test("an upload that will be locked must carry a checksum", () => {
  const s3 = new TestS3();
  s3.call("PUT /media", { headers: lockBucket });
  s3.call("PUT /media?object-lock", {
    body: "<ObjectLockConfiguration><ObjectLockEnabled>Enabled</ObjectLockEnabled><Rule><DefaultRetention><Mode>GOVERNANCE</Mode><Years>1</Years></DefaultRetention></Rule></ObjectLockConfiguration>",
  });
  expect(s3.errorOf("PUT /media/a", { body: "x" })).toBe("InvalidRequest");
  expect(
    s3.errorOf("PUT /media/a", { body: "x", headers: { "x-amz-checksum-crc32": "jNwWgw==" } }),
  ).toBe(undefined);
});

test("a missing object is hidden from whoever may not list the bucket", () => {
  const s3 = new TestS3();
  s3.bucket("media");
  expect(s3.errorOf("GET /media/none")).toBe("NoSuchKey");
  s3.may = ({ action }) => action !== "s3:ListBucket";
  expect(s3.errorOf("GET /media/none")).toBe("AccessDenied");
  expect(s3.errorOf("HEAD /media/none")).toBe("AccessDenied");
});

test.each([
  ["a public ACL", { "x-amz-acl": "public-read" }, "AccessDenied"],
  ["another storage class", { "x-amz-storage-class": "GLACIER" }, "InvalidStorageClass"],
  ["half a retention", { "x-amz-object-lock-mode": "COMPLIANCE" }, "InvalidArgument"],
  [
    "a lock without object lock on the bucket",
    { "x-amz-object-lock-legal-hold": "ON" },
    "InvalidRequest",
  ],
  ["a wrong checksum", { "x-amz-checksum-crc32": "AAAAAA==" }, "BadDigest"],
  ["server-side encryption", { "x-amz-server-side-encryption": "AES256" }, "NotImplemented"],
  ["an entity tag to differ from", { "if-none-match": '"x"' }, "NotImplemented"],
])("an upload with %s is refused", (_what, headers, code) => {
  const s3 = new TestS3();
  s3.bucket("media");
  expect(s3.errorOf("PUT /media/a", { headers, body: "x" })).toBe(code);
});

test("checksums are stored and given back on request", () => {
  const s3 = new TestS3();
  s3.bucket("media");
  const checksum = { "x-amz-checksum-crc32": "jNwWgw==" };
  s3.call("PUT /media/a", { body: "x", headers: checksum });

  expect(s3.call("GET /media/a").headers).not.toHaveProperty("x-amz-checksum-crc32");
  expect(
    s3.call("GET /media/a", { headers: { "x-amz-checksum-mode": "ENABLED" } }).headers,
  ).toMatchObject(checksum);
});
