import { randomUUID } from "node:crypto";

import {
  AbortMultipartUploadCommand,
  DeleteObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectVersionsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type S3Client,
} from "@aws-sdk/client-s3";

import { probeKeys } from "../../../constructs/storage/deployer-policy.ts";
import { objectLockOf } from "../../../constructs/storage/object-lock.ts";
import { type StorageTier, bucketName, storageTiers } from "../../../constructs/storage/tiers.ts";
import type { EnvironmentConfig } from "../../../environments/schema/environment.ts";
import { allEnded } from "./all-ended.ts";

/** Where a verification writes: a prefix that nothing else uses and that cannot be guessed. It is also a valid first segment of a link. */
export function probePrefix(): string {
  return `${probeKeys}${randomUUID()}`;
}

/** What a probe says to whoever finds one. */
const probeText = "Written by mam verify, which deletes it. It may be deleted at any time.\n";

/**
 * Whether nothing is written to a tier only to be tried, because it could not be deleted afterwards: masters, whatever
 * their bucket says today, and what has object lock.
 */
export function keepsWhatIsWritten(config: EnvironmentConfig, tier: StorageTier): boolean {
  return tier === "masters" || objectLockOf(config, tier) !== undefined;
}

/** Objects to be read, in every tier where they can be deleted again. */
export async function putProbes(
  storage: S3Client,
  config: EnvironmentConfig,
  prefix: string,
): Promise<void> {
  const tiers = storageTiers.filter((tier) => !keepsWhatIsWritten(config, tier));
  await allEnded(tiers.map((tier) => putProbe(storage, bucketName(config, tier), prefix)));
}

/** Puts one object to be read, and returns its key. */
export async function putProbe(storage: S3Client, Bucket: string, prefix: string): Promise<string> {
  const Key = `${prefix}/probe`;
  await storage.send(new PutObjectCommand({ Bucket, Key, Body: probeText }));
  return Key;
}

/** Key of any object in a tier; undefined when it is empty. */
export async function anyKey(
  storage: S3Client,
  config: EnvironmentConfig,
  tier: StorageTier,
): Promise<string | undefined> {
  const list = new ListObjectsV2Command({ Bucket: bucketName(config, tier), MaxKeys: 1 });
  return (await storage.send(list)).Contents?.[0]?.Key;
}

/** Removes everything under a prefix for good: all versions, the markers of deletions, and uploads that were begun. */
export async function removeProbes(
  storage: S3Client,
  config: EnvironmentConfig,
  prefix: string,
  tiers: readonly StorageTier[] = storageTiers,
): Promise<void> {
  const buckets = tiers.map((tier) => ({ Bucket: bucketName(config, tier), Prefix: prefix }));
  await allEnded(
    buckets.flatMap((place) => [removeVersions(storage, place), abortUploads(storage, place)]),
  );
}

interface Place {
  readonly Bucket: string;
  readonly Prefix: string;
}

async function removeVersions(storage: S3Client, { Bucket, Prefix }: Place): Promise<void> {
  const found = await storage.send(new ListObjectVersionsCommand({ Bucket, Prefix }));
  const versions = [...(found.Versions ?? []), ...(found.DeleteMarkers ?? [])];
  await Promise.all(
    versions.map(({ Key, VersionId }) =>
      storage.send(new DeleteObjectCommand({ Bucket, Key, VersionId })),
    ),
  );
}

async function abortUploads(storage: S3Client, { Bucket, Prefix }: Place): Promise<void> {
  const { Uploads } = await storage.send(new ListMultipartUploadsCommand({ Bucket, Prefix }));
  await Promise.all(
    (Uploads ?? []).map(({ Key, UploadId }) =>
      storage.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId })),
    ),
  );
}
