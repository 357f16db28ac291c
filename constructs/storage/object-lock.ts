import type { S3BucketConfig } from "@cdktf/provider-aws/lib/s3-bucket/index.js";

import type { EnvironmentConfig } from "../../environments/schema/environment.ts";
import type { StorageTier } from "./tiers.ts";

type ObjectLock = NonNullable<EnvironmentConfig["storage"]["backups"]["objectLock"]>;

/** The object lock of a tier; undefined for one whose objects may be deleted at any time. */
export function objectLockOf(
  { storage }: EnvironmentConfig,
  tier: StorageTier,
): ObjectLock | undefined {
  return { masters: storage.masters, backups: storage.backups, staging: {}, previews: {} }[tier]
    .objectLock;
}

/** The inline block alone: beside it, the provider refuses the newer `object_lock_enabled`. */
export function objectLockBlock(
  config: EnvironmentConfig,
  tier: StorageTier,
): Partial<S3BucketConfig> {
  const lock = objectLockOf(config, tier);
  return lock
    ? {
        objectLockConfiguration: {
          objectLockEnabled: "Enabled",
          rule: { defaultRetention: { mode: lock.mode, days: lock.days } },
        },
      }
    : {};
}
