import type { GeneratedText } from "../canonical.ts";
import { compareNames } from "./listing.ts";
import type { Bucket, MultipartUpload, ObjectVersion, S3Store } from "./store.ts";

/** Ids that a store makes up: version ids and upload ids. */
export const generatedS3Ids: readonly GeneratedText[] = [
  { name: "version", pattern: /\b\d{21}-[0-9a-f]{10}\b/g },
  { name: "upload", pattern: /\bupload-[0-9a-f]{32}\b/g },
];

/**
 * What a store holds, in an order that does not depend on chance. Of an object's bytes only size and entity tag are
 * shown: a Terraform state is full of secrets.
 */
export function dumpS3Store({ buckets }: S3Store): unknown {
  return [...buckets.values()]
    .sort((first, second) => compareNames(first.name, second.name))
    .map(dumpBucket);
}

function dumpBucket(bucket: Bucket): unknown {
  const { name, versioning, objectLock, policy, cors, lifecycle, logging } = bucket;
  return {
    name,
    versioning,
    objectLock,
    policy: policy === undefined ? undefined : (JSON.parse(policy) as unknown),
    cors,
    lifecycle,
    logging,
    objects: [...bucket.objects]
      .sort(([first], [second]) => compareNames(first, second))
      .map(([key, versions]) => ({ key, versions: versions.map(dumpVersion) })),
    uploads: [...bucket.uploads.values()]
      .sort((first, second) => compareNames(first.key, second.key))
      .map(dumpUpload),
  };
}

function dumpVersion(version: ObjectVersion): unknown {
  const { versionId, isDeleteMarker, body, etag, headers, tags, hasLegalHold, retention } = version;
  if (isDeleteMarker) return { versionId, isDeleteMarker };
  return {
    versionId,
    size: body.length,
    etag,
    headers,
    tags,
    hasLegalHold,
    retention: retention && { mode: retention.mode, until: retention.until.toISOString() },
  };
}

function dumpUpload({ key, uploadId, parts }: MultipartUpload): unknown {
  return { key, uploadId, parts: [...parts.keys()].sort((first, second) => first - second) };
}
