import {
  GetBucketLifecycleConfigurationCommand,
  GetBucketVersioningCommand,
  GetObjectLockConfigurationCommand,
  type S3Client,
} from "@aws-sdk/client-s3";

import { errorStatus } from "@mam-infra/clients/aws-error";
import type { StandingBucket } from "./standing.ts";

/** Asks Wasabi what a bucket does with its objects: three requests. */
export async function readBucket(storage: S3Client, name: string): Promise<StandingBucket> {
  const Bucket = name;
  const [versioning, lifecycle, locking] = await Promise.all([
    storage.send(new GetBucketVersioningCommand({ Bucket })),
    ifConfigured(storage.send(new GetBucketLifecycleConfigurationCommand({ Bucket }))),
    ifConfigured(storage.send(new GetObjectLockConfigurationCommand({ Bucket }))),
  ]);
  const days = (lifecycle?.Rules ?? [])
    .filter(({ Status }) => Status === "Enabled")
    .flatMap(({ Expiration }) => Expiration?.Days ?? []);
  const { Mode, Days } = locking?.ObjectLockConfiguration?.Rule?.DefaultRetention ?? {};
  return {
    name,
    isVersioned: versioning.Status === "Enabled",
    ...(Mode && Days !== undefined ? { lock: { mode: Mode, days: Days } } : {}),
    ...(days.length > 0 ? { expiresAfterDays: Math.min(...days) } : {}),
  };
}

/** What a question about a setting is answered with; undefined where the bucket has none. */
async function ifConfigured<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (errorStatus(error) === 404) return undefined;
    throw error;
  }
}
