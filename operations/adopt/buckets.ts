import {
  GetBucketLifecycleConfigurationCommand,
  GetBucketVersioningCommand,
  GetObjectLockConfigurationCommand,
  type S3Client,
} from "@aws-sdk/client-s3";

import { ifPresent } from "@mam-infra/clients/aws-error";
import type { StandingBucket } from "./standing.ts";

/** Asks Wasabi what a bucket does with its objects: three requests. */
export async function readBucket(storage: S3Client, name: string): Promise<StandingBucket> {
  const Bucket = name;
  const [versioning, lifecycle, locking] = await Promise.all([
    storage.send(new GetBucketVersioningCommand({ Bucket })),
    ifPresent(storage.send(new GetBucketLifecycleConfigurationCommand({ Bucket }))),
    ifPresent(storage.send(new GetObjectLockConfigurationCommand({ Bucket }))),
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
