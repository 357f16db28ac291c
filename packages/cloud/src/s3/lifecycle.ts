import type { LifecycleFilter, LifecycleRule } from "./lifecycle-rules.ts";
import { isRetained } from "./retention.ts";
import type { Bucket, ObjectVersion, S3Store } from "./store.ts";
import { deleteObject, removeVersion } from "./versions.ts";

const dayMilliseconds = 24 * 60 * 60 * 1000;

/** The last midnight UTC at or before a point in time: when the rules last ran. */
function midnight(now: Date): Date {
  return new Date(Math.floor(now.getTime() / dayMilliseconds) * dayMilliseconds);
}

/** Something becomes due at the first midnight UTC that is at least so many days after it happened. */
function isDue(happened: Date, days: number, run: Date): boolean {
  return run.getTime() >= happened.getTime() + days * dayMilliseconds;
}

/**
 * Plays the daily runs that fall between two points in time, the second one included: rules run at 00:00 UTC
 * (docs.wasabi.com/docs/lifecycle-1). Each midnight is played by itself, because what one run hides, a later one removes.
 */
export function playLifecycleRuns(store: S3Store, since: Date, now: Date): void {
  const last = midnight(now).getTime();
  for (let run = midnight(since).getTime() + dayMilliseconds; run <= last; run += dayMilliseconds) {
    applyLifecycle(store, new Date(run));
  }
}

/**
 * Applies the enabled rules of every bucket, as the run of the last midnight would. What is locked stays, and nothing
 * is reported about it (docs.wasabi.com/docs/lifecycle-1: rules cannot delete objects under retention).
 */
export function applyLifecycle(store: S3Store, now: Date): void {
  const run = midnight(now);
  for (const bucket of store.buckets.values()) {
    for (const rule of bucket.lifecycle ?? []) {
      if (rule.isEnabled) applyRule(bucket, rule, run);
    }
  }
}

function applyRule(bucket: Bucket, rule: LifecycleRule, run: Date): void {
  abortUploads(bucket, rule, run);
  for (const versions of [...bucket.objects.values()]) {
    expireNoncurrent(bucket, rule, versions, run);
    expireCurrent(bucket, rule, versions, run);
  }
}

function abortUploads(bucket: Bucket, { abortUploadDays, filter }: LifecycleRule, run: Date): void {
  if (abortUploadDays === undefined) return;
  for (const upload of [...bucket.uploads.values()]) {
    const isOld = isDue(upload.initiatedAt, abortUploadDays, run);
    if (isOld && upload.key.startsWith(filter.prefix)) bucket.uploads.delete(upload.uploadId);
  }
}

function expireNoncurrent(
  bucket: Bucket,
  { noncurrentDays, filter }: LifecycleRule,
  versions: readonly ObjectVersion[],
  run: Date,
): void {
  if (noncurrentDays === undefined) return;
  for (const version of versions) {
    const { noncurrentSince } = version;
    const isOld = noncurrentSince !== undefined && isDue(noncurrentSince, noncurrentDays, run);
    if (isOld && covers(filter, version) && !isLocked(version, run)) removeVersion(bucket, version);
  }
}

function expireCurrent(
  bucket: Bucket,
  rule: LifecycleRule,
  [latest]: readonly ObjectVersion[],
  run: Date,
): void {
  if (!latest || !covers(rule.filter, latest) || !isExpired(rule.expiration, latest, run)) return;
  if (latest.isDeleteMarker) {
    // A marker goes when it no longer hides anything.
    if (bucket.objects.get(latest.key)?.length === 1) removeVersion(bucket, latest);
    return;
  }
  // In a bucket that keeps versions this only hides the object, so a lock is no obstacle.
  deleteObject(bucket, latest.key, undefined, run, false);
}

function isExpired(
  expiration: LifecycleRule["expiration"],
  { createdAt, isDeleteMarker }: ObjectVersion,
  run: Date,
): boolean {
  if (!expiration) return false;
  if ("days" in expiration) return isDue(createdAt, expiration.days, run);
  if ("date" in expiration) return run >= new Date(expiration.date);
  return expiration.expiredMarkers && isDeleteMarker;
}

function isLocked(version: ObjectVersion, now: Date): boolean {
  return version.hasLegalHold || isRetained(version, now, false);
}

function covers(filter: LifecycleFilter, version: ObjectVersion): boolean {
  const size = version.body.length;
  return (
    version.key.startsWith(filter.prefix) &&
    size > (filter.sizeGreaterThan ?? -1) &&
    size < (filter.sizeLessThan ?? Infinity) &&
    Object.entries(filter.tags).every(([key, value]) => version.tags[key] === value)
  );
}
