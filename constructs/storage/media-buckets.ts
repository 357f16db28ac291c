import type { AwsProvider } from "@cdktf/provider-aws/lib/provider/index.js";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket/index.js";
import { Construct } from "constructs";

import type { Kept } from "../../environments/schema/kept.ts";
import type { EnvironmentConfig } from "../../environments/schema/environment.ts";
import { pinLogicalId, statefulLifecycle } from "../stateful.ts";
import { browserAccess } from "./browser-access.ts";
import { objectLockBlock } from "./object-lock.ts";
import { lifecycleRules } from "./retention.ts";
import { type StorageTier, bucketName, storageTiers } from "./tiers.ts";

/** Inputs of {@link MediaBuckets}. */
export interface MediaBucketsProps {
  readonly config: EnvironmentConfig;
  readonly kept: Kept;
  /** Provider in the buckets' own region. */
  readonly provider: AwsProvider;
}

/**
 * The four buckets on Wasabi.
 *
 * These resources are stateful: they hold what cannot be made again. Versioning, lifecycle and CORS are inline blocks
 * on purpose, deprecated as they are: the separate resources wait for a header that Wasabi does not send, or cannot be
 * destroyed. No tags, no ACLs, no forced emptying: the first two break on Wasabi, the last one loses masters.
 */
export class MediaBuckets extends Construct {
  readonly buckets: Readonly<Record<StorageTier, S3Bucket>>;

  constructor(scope: Construct, id: string, props: MediaBucketsProps) {
    super(scope, id);
    const entries = storageTiers.map((tier) => [tier, this.createBucket(tier, props)] as const);
    // `fromEntries` forgets that every tier is there.
    this.buckets = Object.fromEntries(entries) as Record<StorageTier, S3Bucket>;
  }

  private createBucket(tier: StorageTier, { config, kept, provider }: MediaBucketsProps): S3Bucket {
    const bucket = new S3Bucket(this, tier, {
      provider,
      bucket: bucketName(config, tier),
      versioning: { enabled: tier !== "masters" || config.storage.masters.versioning },
      lifecycleRule: lifecycleRules(config, tier),
      corsRule: [browserAccess(config, tier, kept)],
      ...objectLockBlock(config, tier),
      lifecycle: statefulLifecycle(config),
    });
    pinLogicalId(bucket, tier);
    return bucket;
  }
}
