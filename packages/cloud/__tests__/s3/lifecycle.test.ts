import { applyLifecycle, playLifecycleRuns } from "../../src/s3/lifecycle.ts";
import { TestS3 } from "./support.ts";

const rules = (...contents: string[]) => ({
  body: `<LifecycleConfiguration>${contents
    .map((content, index) => `<Rule><ID>${index}</ID><Status>Enabled</Status>${content}</Rule>`)
    .join("")}</LifecycleConfiguration>`,
});
const all = "<Filter><Prefix></Prefix></Filter>";

/** A bucket with an object of 2026-01-01 12:00 UTC. */
function withObject(versioning: "Enabled" | "Unversioned", ...contents: string[]) {
  const s3 = new TestS3();
  s3.bucket("media", versioning);
  s3.call("PUT /media?lifecycle", rules(...contents));
  s3.call("PUT /media/a", { body: "12345" });
  const after = (time: string) => {
    applyLifecycle(s3.store, new Date(time));
    return s3.bucket("media").objects.get("a")?.length ?? 0;
  };
  return { s3, after };
}

test("an object expires at the first midnight UTC after its days are over", () => {
  const { after } = withObject("Unversioned", `${all}<Expiration><Days>3</Days></Expiration>`);
  expect([after("2026-01-04T23:59:59Z"), after("2026-01-05T00:00:00Z")]).toEqual([1, 0]);
});

test("with versions, expiry hides the object first; noncurrent expiry removes it days later", () => {
  const { s3, after } = withObject(
    "Enabled",
    `${all}<Expiration><Days>3</Days></Expiration><NoncurrentVersionExpiration><NoncurrentDays>2</NoncurrentDays></NoncurrentVersionExpiration>`,
  );
  expect(after("2026-01-05T00:00:00Z")).toBe(2);
  expect(s3.errorOf("GET /media/a")).toBe("NoSuchKey");
  expect(after("2026-01-06T00:00:00Z")).toBe(2);
  // The version goes, and the marker is due too only three days after it was made.
  expect(after("2026-01-07T00:00:00Z")).toBe(1);
  expect(after("2026-01-08T00:00:00Z")).toBe(0);
});

test("a marker that hides nothing goes where the rule says so", () => {
  const { s3, after } = withObject(
    "Enabled",
    `${all}<Expiration><ExpiredObjectDeleteMarker>true</ExpiredObjectDeleteMarker></Expiration>`,
  );
  const { "x-amz-version-id": version = "" } = s3.call("HEAD /media/a").headers;
  s3.call("DELETE /media/a");
  expect(after("2026-01-02T00:00:00Z")).toBe(2);
  s3.call(`DELETE /media/a?versionId=${version}`);
  expect(after("2026-01-02T00:00:00Z")).toBe(0);
});

test("a rule by date works from that date on", () => {
  const { after } = withObject(
    "Unversioned",
    `${all}<Expiration><Date>2026-01-03T00:00:00Z</Date></Expiration>`,
  );
  expect([after("2026-01-02T12:00:00Z"), after("2026-01-03T00:00:00Z")]).toEqual([1, 0]);
});

test.each([
  ["another prefix", "<Filter><Prefix>b</Prefix></Filter>"],
  ["a tag it lacks", "<Filter><Tag><Key>k</Key><Value>v</Value></Tag></Filter>"],
  ["larger objects", "<Filter><ObjectSizeGreaterThan>5</ObjectSizeGreaterThan></Filter>"],
  ["smaller objects", "<Filter><ObjectSizeLessThan>5</ObjectSizeLessThan></Filter>"],
])("a rule for %s leaves an object alone", (_what, filter) => {
  const { after } = withObject("Unversioned", `${filter}<Expiration><Days>1</Days></Expiration>`);
  expect(after("2027-01-01T00:00:00Z")).toBe(1);
});

test("a disabled rule does nothing", () => {
  const { s3, after } = withObject("Unversioned", `${all}<Expiration><Days>1</Days></Expiration>`);
  s3.call("PUT /media?lifecycle", {
    body: "<LifecycleConfiguration><Rule><Status>Disabled</Status><Prefix></Prefix><Expiration><Days>1</Days></Expiration></Rule></LifecycleConfiguration>",
  });
  expect(after("2027-01-01T00:00:00Z")).toBe(1);
});

test("what is locked stays", () => {
  const { s3, after } = withObject(
    "Enabled",
    `${all}<NoncurrentVersionExpiration><NoncurrentDays>1</NoncurrentDays></NoncurrentVersionExpiration>`,
  );
  const [locked] = s3.bucket("media").objects.get("a") ?? [];
  if (locked) locked.retention = { mode: "GOVERNANCE", until: new Date("2026-02-01T00:00:00Z") };
  s3.call("PUT /media/a", { body: "new" });
  expect([after("2026-01-20T00:00:00Z"), after("2026-02-02T00:00:00Z")]).toEqual([2, 1]);
});

test("an upload that is never completed is aborted", () => {
  const { s3 } = withObject(
    "Unversioned",
    `${all}<AbortIncompleteMultipartUpload><DaysAfterInitiation>2</DaysAfterInitiation></AbortIncompleteMultipartUpload>`,
  );
  s3.call("POST /media/big?uploads");
  applyLifecycle(s3.store, new Date("2026-01-03T23:00:00Z"));
  expect(s3.bucket("media").uploads.size).toBe(1);
  applyLifecycle(s3.store, new Date("2026-01-04T00:00:00Z"));
  expect(s3.bucket("media").uploads.size).toBe(0);
});

test("every midnight between two points in time is played, each by itself", () => {
  const expiry = `${all}<Expiration><Days>3</Days></Expiration><NoncurrentVersionExpiration><NoncurrentDays>2</NoncurrentDays></NoncurrentVersionExpiration>`;
  const { s3 } = withObject("Enabled", expiry);
  const start = s3.now;

  playLifecycleRuns(s3.store, start, new Date("2026-01-01T23:00:00Z"));
  expect(s3.bucket("media").objects.size).toBe(1);
  playLifecycleRuns(s3.store, start, new Date("2026-01-08T01:00:00Z"));
  expect(s3.bucket("media").objects.size).toBe(0);
});
