import type { AwsProvider } from "@cdktf/provider-aws/lib/provider/index.js";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy/index.js";
import { Construct } from "constructs";

import type { EnvironmentConfig } from "../../environments/schema/environment.ts";
import type { MediaBuckets } from "./media-buckets.ts";
import { bucketPolicy } from "./policies.ts";
import type { ServiceUsers } from "./service-users.ts";
import { storageTiers } from "./tiers.ts";

/** Inputs of {@link BucketPolicies}. */
export interface BucketPoliciesProps {
  readonly config: EnvironmentConfig;
  readonly provider: AwsProvider;
  readonly buckets: MediaBuckets["buckets"];
  readonly userArns: ServiceUsers["userArns"];
}

/**
 * The policy of each bucket: it refuses plain HTTP, the public, the wrong roles, every change of a protection by a
 * service, and every deletion of a master or a backup.
 */
export class BucketPolicies extends Construct {
  constructor(scope: Construct, id: string, props: BucketPoliciesProps) {
    super(scope, id);
    const { config, provider, buckets, userArns } = props;
    for (const tier of storageTiers) {
      new S3BucketPolicy(this, tier, {
        provider,
        bucket: buckets[tier].bucket,
        policy: JSON.stringify(bucketPolicy(config, tier, userArns)),
      });
    }
  }
}
