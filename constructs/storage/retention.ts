import type { S3BucketLifecycleRule } from "@cdktf/provider-aws/lib/s3-bucket/index.js";

import type { EnvironmentConfig } from "../../environments/schema/environment.ts";
import type { StorageTier } from "./tiers.ts";

/**
 * Lifecycle rules of a tier. Buckets keep versions, so an expiry alone would only hide objects: replaced versions
 * expire too, everywhere but in masters, where nothing ever expires.
 *
 * To drop a rule, disable it and apply first: the provider reads a missing rule as "leave what is there".
 */
export function lifecycleRules(
  { storage: { retention } }: EnvironmentConfig,
  tier: StorageTier,
): S3BucketLifecycleRule[] {
  const abortIncompleteUploads = {
    id: "abort-incomplete-uploads",
    enabled: true,
    abortIncompleteMultipartUploadDays: retention.incompleteUploadDays,
  };
  if (tier === "masters") return [abortIncompleteUploads];
  const days = {
    staging: retention.stagingDays,
    previews: retention.previewsDays,
    backups: retention.backupsDays,
  }[tier];
  return [
    abortIncompleteUploads,
    {
      id: `expire-${tier}`,
      enabled: true,
      expiration: { days },
      noncurrentVersionExpiration: { days: retention.replacedVersionDays },
    },
  ];
}
