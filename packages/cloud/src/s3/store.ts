import { randomBytes } from "node:crypto";

import type { Body, SpoolFile } from "./bodies/body.ts";
import { S3Error } from "./errors.ts";
import type { CorsRule } from "./cors.ts";
import type { LifecycleRule } from "./lifecycle-rules.ts";
import type { DefaultRetention, Retention, VersionLock } from "./retention.ts";

/** What is stored beside an object's bytes and given back with them: content headers and `x-amz-meta-*`. */
type StoredHeaders = Readonly<Record<string, string>>;

/** One version of an object, or the marker that hides the versions before it. */
export interface ObjectVersion extends VersionLock {
  readonly key: string;
  /** `null`, as S3 writes it, for what was written while the bucket kept no versions. */
  readonly versionId: string;
  readonly isDeleteMarker: boolean;
  readonly createdAt: Date;
  readonly body: Body;
  /** Entity tag without quotes; empty for a delete marker. */
  readonly etag: string;
  readonly headers: StoredHeaders;
  readonly checksums: StoredHeaders;
  tags: StoredHeaders;
  /** When a newer version took its place; `undefined` for the current version. */
  noncurrentSince: Date | undefined;
}

/** What an upload says of an object before there is one. */
export interface ObjectDraft {
  readonly key: string;
  readonly headers: StoredHeaders;
  readonly tags: StoredHeaders;
  readonly retention: Retention | undefined;
  readonly hasLegalHold: boolean;
}

/** A part of an upload. */
export interface UploadedPart {
  readonly body: Body;
  readonly etag: string;
  readonly uploadedAt: Date;
  readonly checksums: StoredHeaders;
}

/** An upload in parts that is neither completed nor aborted. */
export interface MultipartUpload extends ObjectDraft {
  readonly uploadId: string;
  readonly initiatedAt: Date;
  readonly parts: Map<number, UploadedPart>;
}

/** Where a bucket's access log goes. */
interface LoggingTarget {
  readonly TargetBucket: string;
  readonly TargetPrefix: string;
}

/** A bucket with everything in it. */
export interface Bucket {
  readonly name: string;
  readonly createdAt: Date;
  /** Where it stands; absent means the region of the endpoint. */
  readonly region?: string;
  versioning: "Unversioned" | "Enabled" | "Suspended";
  /** Present if the bucket was created with object lock; it can be neither added nor removed later. */
  readonly objectLock: { default: DefaultRetention | undefined } | undefined;
  /** Text of the policy as it was put: that is what comes back. */
  policy: string | undefined;
  cors: readonly CorsRule[] | undefined;
  lifecycle: readonly LifecycleRule[] | undefined;
  logging: LoggingTarget | undefined;
  /** Versions of each key, newest first. */
  readonly objects: Map<string, ObjectVersion[]>;
  readonly uploads: Map<string, MultipartUpload>;
}

/** All that a store holds, as plain data. */
export interface S3Store {
  readonly buckets: Map<string, Bucket>;
}

/** A store without a bucket. */
export function createS3Store(): S3Store {
  return { buckets: new Map() };
}

/** The files that the objects and parts of a store consist of. */
export function filesOf({ buckets }: S3Store): Set<SpoolFile> {
  const bodies = [...buckets.values()].flatMap(({ objects, uploads }) => [
    ...[...objects.values()].flat(),
    ...[...uploads.values()].flatMap(({ parts }) => [...parts.values()]),
  ]);
  return new Set(bodies.flatMap(({ body }) => body.files()));
}

/** A bucket as it is after its creation. */
export function newBucket(name: string, createdAt: Date, hasObjectLock: boolean): Bucket {
  return {
    name,
    createdAt,
    // Locked objects are versions, so a bucket with object lock keeps versions from the start.
    versioning: hasObjectLock ? "Enabled" : "Unversioned",
    objectLock: hasObjectLock ? { default: undefined } : undefined,
    policy: undefined,
    cors: undefined,
    lifecycle: undefined,
    logging: undefined,
    objects: new Map(),
    uploads: new Map(),
  };
}

/** The bucket of that name. @throws S3Error `NoSuchBucket` */
export function requireBucket(store: S3Store, name: string): Bucket {
  const bucket = store.buckets.get(name);
  if (!bucket) throw new S3Error("NoSuchBucket", { elements: { BucketName: name } });
  return bucket;
}

/** A version id in Wasabi's form: the time in microseconds, then chance (docs.wasabi.com, object lock API). */
export function newVersionId(now: Date): string {
  return `${String(now.getTime() * 1000).padStart(21, "0")}-${randomBytes(5).toString("hex")}`;
}

/** An upload id: opaque to clients. */
export function newUploadId(): string {
  return `upload-${randomBytes(16).toString("hex")}`;
}
