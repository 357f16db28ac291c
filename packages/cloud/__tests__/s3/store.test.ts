import {
  createS3Store,
  newBucket,
  newUploadId,
  newVersionId,
  requireBucket,
} from "../../src/s3/store.ts";

const now = new Date("2026-01-01T00:00:00Z");

test("a bucket with object lock keeps versions, another one does not", () => {
  expect(newBucket("a", now, true)).toMatchObject({
    versioning: "Enabled",
    objectLock: { default: undefined },
  });
  expect(newBucket("a", now, false)).toMatchObject({
    versioning: "Unversioned",
    objectLock: undefined,
  });
});

test("a bucket that is not there is named", () => {
  expect(() => requireBucket(createS3Store(), "a")).toThrow("The specified bucket does not exist");
});

test("version ids have Wasabi's form and differ within a millisecond", () => {
  expect(newVersionId(now)).toMatch(/^000001767225600000000-[0-9a-f]{10}$/);
  expect(newVersionId(now)).not.toBe(newVersionId(now));
  expect(newUploadId()).not.toBe(newUploadId());
});
