import { Body } from "../../src/s3/bodies/body.ts";
import { newBucket } from "../../src/s3/store.ts";
import {
  addObject,
  currentObject,
  deleteObject,
  findVersion,
  latestVersion,
  removeVersion,
  requireObject,
} from "../../src/s3/versions.ts";

const at = (hour: number) => new Date(Date.UTC(2026, 0, 1, hour));
const draft = { key: "a", headers: {}, tags: {}, retention: undefined, hasLegalHold: false };
const content = (text: string) => ({ body: Body.of(Buffer.from(text)), etag: text, checksums: {} });

test("without versioning a new object replaces the old one", () => {
  const bucket = newBucket("media", at(0), false);
  addObject(bucket, draft, content("1"), at(1));
  addObject(bucket, draft, content("2"), at(2));

  expect(bucket.objects.get("a")?.map(({ etag, versionId }) => [etag, versionId])).toEqual([
    ["2", "null"],
  ]);
});

test("with versioning the old one stays, and it is known since when it is not current", () => {
  const bucket = newBucket("media", at(0), true);
  const first = addObject(bucket, draft, content("1"), at(1));
  const second = addObject(bucket, draft, content("2"), at(2));

  expect(first.noncurrentSince).toEqual(at(2));
  expect(latestVersion(bucket, "a")).toBe(second);
  removeVersion(bucket, second);
  expect(currentObject(bucket, "a")).toBe(first);
  expect(first.noncurrentSince).toBeUndefined();
});

test("suspended versioning writes and overwrites the version called null, and keeps the others", () => {
  const bucket = newBucket("media", at(0), false);
  bucket.versioning = "Enabled";
  const kept = addObject(bucket, draft, content("1"), at(1));
  bucket.versioning = "Suspended";
  addObject(bucket, draft, content("2"), at(2));
  addObject(bucket, draft, content("3"), at(3));

  expect(bucket.objects.get("a")?.map(({ etag }) => etag)).toEqual(["3", "1"]);
  expect(deleteObject(bucket, "a", undefined, at(4), false)).toEqual({
    versionId: "null",
    isDeleteMarker: true,
  });
  expect(bucket.objects.get("a")?.map(({ etag }) => etag)).toEqual(["", "1"]);
  expect(findVersion(bucket, "a", kept.versionId)).toBe(kept);
});

test("the bucket's default retention is for versions that bring none", () => {
  const bucket = newBucket("media", at(0), true);
  if (bucket.objectLock) bucket.objectLock.default = { mode: "GOVERNANCE", unit: "Days", count: 2 };
  const own = { mode: "COMPLIANCE", until: at(30) } as const;

  expect(addObject(bucket, draft, content("1"), at(0)).retention).toEqual({
    mode: "GOVERNANCE",
    until: at(48),
  });
  expect(addObject(bucket, { ...draft, retention: own }, content("1"), at(0)).retention).toBe(own);
});

test("deleting what is not there succeeds and leaves nothing behind", () => {
  const bucket = newBucket("media", at(0), false);
  expect(deleteObject(bucket, "a", undefined, at(1), false)).toEqual({
    versionId: undefined,
    isDeleteMarker: false,
  });
  expect(deleteObject(bucket, "a", "v", at(1), false)).toEqual({
    versionId: "v",
    isDeleteMarker: false,
  });
  expect(bucket.objects.size).toBe(0);
});

test("a missing object, a missing version and a marker are told apart", () => {
  const bucket = newBucket("media", at(0), true);
  addObject(bucket, draft, content("1"), at(1));
  const { versionId } = deleteObject(bucket, "a", undefined, at(2), false);

  expect(() => requireObject(bucket, "b")).toThrow("The specified key does not exist.");
  expect(() => requireObject(bucket, "a")).toThrow("The specified key does not exist.");
  expect(() => requireObject(bucket, "a", "v")).toThrow("The specified version does not exist.");
  expect(() => requireObject(bucket, "a", versionId)).toThrow("not allowed against this resource");
});
