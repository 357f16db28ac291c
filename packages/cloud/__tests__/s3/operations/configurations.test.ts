import { TestS3, elements } from "../support.ts";

const locked = { headers: { "x-amz-bucket-object-lock-enabled": "true" } };
const cors =
  "<CORSConfiguration><CORSRule><AllowedOrigin>https://a.example</AllowedOrigin><AllowedMethod>PUT</AllowedMethod></CORSRule></CORSConfiguration>";
const lifecycle =
  "<LifecycleConfiguration><Rule><ID>a</ID><Status>Enabled</Status><Prefix></Prefix><Expiration><Days>3</Days></Expiration></Rule></LifecycleConfiguration>";
const lock = (rule: string) =>
  `<ObjectLockConfiguration><ObjectLockEnabled>Enabled</ObjectLockEnabled>${rule}</ObjectLockConfiguration>`;
const retention = (content: string) =>
  `<Rule><DefaultRetention>${content}</DefaultRetention></Rule>`;

test.each([
  ["policy", "NoSuchBucketPolicy"],
  ["cors", "NoSuchCORSConfiguration"],
  ["lifecycle", "NoSuchLifecycleConfiguration"],
  ["object-lock", "ObjectLockConfigurationNotFoundError"],
])("a bucket without %s says so", (subresource, code) => {
  const s3 = new TestS3();
  s3.bucket("media");
  expect(s3.errorOf(`GET /media?${subresource}`)).toBe(code);
});

test.each([
  ["policy", '{"Version":"2012-10-17"}', '{"Version":"2012-10-17"}'],
  ["cors", cors, "<AllowedOrigin>https://a.example</AllowedOrigin>"],
  ["lifecycle", lifecycle, "<Expiration><Days>3</Days></Expiration>"],
])("%s comes back as it was put, and goes when it is deleted", (subresource, body, part) => {
  const s3 = new TestS3();
  s3.bucket("media");
  s3.call(`PUT /media?${subresource}`, { body });
  expect(s3.call(`GET /media?${subresource}`).text).toContain(part);
  expect(s3.call(`DELETE /media?${subresource}`).status).toBe(204);
  expect(s3.errorOf(`GET /media?${subresource}`)).toMatch(/^NoSuch/);
});

test("where there is a default CORS configuration, it applies and comes back after a deletion", () => {
  const defaultCors = [
    { AllowedOrigin: ["*"], AllowedMethod: ["GET"], AllowedHeader: [], ExposeHeader: [] },
  ];
  const s3 = new TestS3({ defaultCors });
  s3.bucket("media");
  const origins = () => elements(s3.call("GET /media?cors").text, "AllowedOrigin");

  expect(origins()).toEqual(["*"]);
  s3.call("PUT /media?cors", { body: cors });
  expect(origins()).toEqual(["https://a.example"]);
  s3.call("DELETE /media?cors");
  expect(origins()).toEqual(["*"]);
});

test("a refused policy leaves the old one in place", () => {
  const s3 = new TestS3({
    checkBucketPolicy(_bucket, text) {
      if (text === "bad") throw new Error("refused");
    },
  });
  s3.bucket("media");
  s3.call("PUT /media?policy", { body: "good" });
  expect(() => s3.call("PUT /media?policy", { body: "bad" })).toThrow("refused");
  expect(s3.call("GET /media?policy").text).toBe("good");
});

test("versioning is off, on or suspended, and cannot be suspended under object lock", () => {
  const s3 = new TestS3();
  s3.bucket("media");
  const put = (name: string, status: string) => ({
    line: `PUT /${name}?versioning`,
    body: `<VersioningConfiguration><Status>${status}</Status></VersioningConfiguration>`,
  });
  const status = () => elements(s3.call("GET /media?versioning").text, "Status");

  expect(status()).toEqual([]);
  s3.call("PUT /media?versioning", put("media", "Enabled"));
  expect(status()).toEqual(["Enabled"]);
  s3.call("PUT /media?versioning", put("media", "Suspended"));
  expect(status()).toEqual(["Suspended"]);
  s3.call("PUT /locked", locked);
  expect(s3.errorOf("PUT /locked?versioning", put("locked", "Suspended"))).toBe(
    "InvalidBucketState",
  );
});

test("object lock is decided when the bucket is created; its default retention can change", () => {
  const s3 = new TestS3();
  s3.bucket("media");
  s3.call("PUT /locked", locked);
  const body = lock(retention("<Mode>governance</Mode><Days>30</Days>"));

  expect(s3.errorOf("PUT /media?object-lock", { body })).toBe("InvalidBucketState");
  s3.call("PUT /locked?object-lock", { body });
  expect(s3.call("GET /locked?object-lock").text).toContain(
    "<Mode>GOVERNANCE</Mode><Days>30</Days>",
  );
  s3.call("PUT /locked?object-lock", {
    body: lock(retention("<Mode>COMPLIANCE</Mode><Years>1</Years>")),
  });
  expect(s3.call("GET /locked?object-lock").text).toContain(
    "<Mode>COMPLIANCE</Mode><Years>1</Years>",
  );
  s3.call("PUT /locked?object-lock", { body: lock("") });
  expect(s3.call("GET /locked?object-lock").text).not.toContain("Mode");
});

test.each([
  [
    "both days and years",
    retention("<Mode>GOVERNANCE</Mode><Days>1</Days><Years>1</Years>"),
    "MalformedXML",
  ],
  ["neither", retention("<Mode>GOVERNANCE</Mode>"), "MalformedXML"],
  ["an unknown mode", retention("<Mode>LAX</Mode><Days>1</Days>"), "InvalidArgument"],
])("a default retention with %s is refused", (_what, rule, code) => {
  const s3 = new TestS3();
  s3.call("PUT /locked", locked);
  expect(s3.errorOf("PUT /locked?object-lock", { body: lock(rule) })).toBe(code);
});

test("Amazon's header for transitions is taken and never given back, which the provider waits for in vain", () => {
  const s3 = new TestS3();
  s3.bucket("media");
  const header = { "x-amz-transition-default-minimum-object-size": "all_storage_classes_128K" };
  const put = s3.call("PUT /media?lifecycle", { body: lifecycle, headers: header });

  expect(put.headers).toEqual({});
  expect(s3.call("GET /media?lifecycle").headers).not.toHaveProperty(
    "x-amz-transition-default-minimum-object-size",
  );
});

test("a log goes to a bucket that exists", () => {
  const s3 = new TestS3();
  s3.bucket("media");
  s3.bucket("logs");
  const body = (target: string) =>
    `<BucketLoggingStatus><LoggingEnabled><TargetBucket>${target}</TargetBucket><TargetPrefix>a/</TargetPrefix></LoggingEnabled></BucketLoggingStatus>`;

  expect(s3.errorOf("PUT /media?logging", { body: body("none") })).toBe("NoSuchBucket");
  s3.call("PUT /media?logging", { body: body("logs") });
  expect(elements(s3.call("GET /media?logging").text, "TargetBucket")).toEqual(["logs"]);
  s3.call("PUT /media?logging", { body: "<BucketLoggingStatus/>" });
  expect(elements(s3.call("GET /media?logging").text, "TargetBucket")).toEqual([]);
});
