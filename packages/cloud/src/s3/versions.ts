import { Body } from "./bodies/body.ts";
import { S3Error } from "./errors.ts";
import { assertDeletable, defaultRetention } from "./retention.ts";
import { type Bucket, type ObjectDraft, type ObjectVersion, newVersionId } from "./store.ts";

/** The bytes of a new version and what is computed from them. */
export interface ObjectContent {
  readonly body: Body;
  readonly etag: string;
  readonly checksums: Readonly<Record<string, string>>;
}

/** The newest version of a key, delete markers included; `undefined` if there is none. */
export function latestVersion(bucket: Bucket, key: string): ObjectVersion | undefined {
  return bucket.objects.get(key)?.[0];
}

/** The object that a key shows: the newest version unless that is a delete marker. */
export function currentObject(bucket: Bucket, key: string): ObjectVersion | undefined {
  const latest = latestVersion(bucket, key);
  return latest?.isDeleteMarker ? undefined : latest;
}

/**
 * The object that a request reads.
 *
 * @throws S3Error `NoSuchKey`, `NoSuchVersion`, or `MethodNotAllowed` for a delete marker asked for by its version.
 */
export function requireObject(bucket: Bucket, key: string, versionId?: string): ObjectVersion {
  if (versionId === undefined) {
    const latest = latestVersion(bucket, key);
    if (latest && !latest.isDeleteMarker) return latest;
    throw new S3Error("NoSuchKey", { elements: { Key: key }, headers: markerHeaders(latest) });
  }
  const version = findVersion(bucket, key, versionId);
  if (!version) {
    throw new S3Error("NoSuchVersion", { elements: { Key: key, VersionId: versionId } });
  }
  if (version.isDeleteMarker) {
    throw new S3Error("MethodNotAllowed", { headers: markerHeaders(version) });
  }
  return version;
}

/** The version of a key with that id. */
export function findVersion(bucket: Bucket, key: string, versionId: string) {
  return bucket.objects.get(key)?.find((version) => version.versionId === versionId);
}

function markerHeaders(version: ObjectVersion | undefined): Record<string, string> {
  return version?.isDeleteMarker
    ? { "x-amz-delete-marker": "true", "x-amz-version-id": version.versionId }
    : {};
}

/** Stores a new version of an object, as the bucket keeps versions or not. */
export function addObject(
  bucket: Bucket,
  draft: ObjectDraft,
  content: ObjectContent,
  now: Date,
): ObjectVersion {
  const byDefault = bucket.objectLock?.default;
  const { key, headers, tags, retention, hasLegalHold } = draft;
  return addVersion(bucket, {
    ...content,
    key,
    headers,
    tags,
    hasLegalHold,
    versionId: bucket.versioning === "Enabled" ? newVersionId(now) : "null",
    isDeleteMarker: false,
    createdAt: now,
    retention: retention ?? (byDefault && defaultRetention(byDefault, now)),
    noncurrentSince: undefined,
  });
}

function addVersion(bucket: Bucket, version: ObjectVersion): ObjectVersion {
  const older = (bucket.objects.get(version.key) ?? []).filter(
    // Only one version can be called `null`: writing it again overwrites it, which is what not keeping versions means.
    ({ versionId }) => versionId !== version.versionId,
  );
  const [previous] = older;
  if (previous) previous.noncurrentSince = version.createdAt;
  bucket.objects.set(version.key, [version, ...older]);
  return version;
}

/** What a deletion did. */
export interface Deletion {
  readonly versionId: string | undefined;
  /** Whether a delete marker was made, or the version deleted was one. */
  readonly isDeleteMarker: boolean;
}

/**
 * Deletes an object: without a version id a delete marker hides it if the bucket keeps versions, with one the version is
 * gone for good. Deleting what does not exist succeeds, as on S3.
 *
 * @throws S3Error `AccessDenied` if the version is locked.
 */
export function deleteObject(
  bucket: Bucket,
  key: string,
  versionId: string | undefined,
  now: Date,
  mayBypass: boolean,
): Deletion {
  if (versionId !== undefined) return deleteVersion(bucket, key, versionId, now, mayBypass);
  if (bucket.versioning === "Unversioned") {
    deleteVersion(bucket, key, "null", now, mayBypass);
    return { versionId: undefined, isDeleteMarker: false };
  }
  const marker = addVersion(bucket, {
    key,
    versionId: bucket.versioning === "Enabled" ? newVersionId(now) : "null",
    isDeleteMarker: true,
    createdAt: now,
    body: Body.empty,
    etag: "",
    headers: {},
    checksums: {},
    tags: {},
    retention: undefined,
    hasLegalHold: false,
    noncurrentSince: undefined,
  });
  return { versionId: marker.versionId, isDeleteMarker: true };
}

function deleteVersion(
  bucket: Bucket,
  key: string,
  versionId: string,
  now: Date,
  mayBypass: boolean,
): Deletion {
  const version = findVersion(bucket, key, versionId);
  if (!version) return { versionId, isDeleteMarker: false };
  assertDeletable(version, now, mayBypass);
  removeVersion(bucket, version);
  return { versionId, isDeleteMarker: version.isDeleteMarker };
}

/** Takes a version out of its bucket; the one before it becomes current. */
export function removeVersion(bucket: Bucket, version: ObjectVersion): void {
  const rest = (bucket.objects.get(version.key) ?? []).filter((other) => other !== version);
  const [latest] = rest;
  if (latest) latest.noncurrentSince = undefined;
  if (rest.length > 0) bucket.objects.set(version.key, rest);
  else bucket.objects.delete(version.key);
}
