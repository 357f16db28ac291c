import { TerraformOutput } from "cdktf";
import type { Construct } from "constructs";

import { BucketPolicies } from "../constructs/storage/bucket-policies.ts";
import { MediaBuckets } from "../constructs/storage/media-buckets.ts";
import { ServiceUsers, type StorageKey } from "../constructs/storage/service-users.ts";
import type { ServiceRole } from "../constructs/storage/service-roles.ts";
import { bucketName, storageTiers } from "../constructs/storage/tiers.ts";
import { nothingKept } from "../environments/schema/kept.ts";
import { EnvironmentStack, type EnvironmentStackProps } from "./environment-stack.ts";
import { useWasabi } from "./providers.ts";

/** Media storage on Wasabi. The only stack that loads the AWS provider, which is large and slow. */
export class StorageStack extends EnvironmentStack {
  /** The active key of each role, for the app. */
  readonly storageKeys: Readonly<Record<ServiceRole, StorageKey>>;

  constructor(scope: Construct, props: EnvironmentStackProps) {
    super(scope, "storage", props);
    const { config, rotation, kept = nothingKept } = props.environment;
    const wasabi = useWasabi(this, config, props.endpoints);
    const { buckets } = new MediaBuckets(this, "media", { config, kept, provider: wasabi.buckets });
    const users = new ServiceUsers(this, "service", {
      config,
      rotation,
      kept,
      provider: wasabi.iam,
    });
    new BucketPolicies(this, "access", {
      config,
      provider: wasabi.buckets,
      buckets,
      userArns: users.userArns,
    });
    this.storageKeys = users.activeKeys;
    new TerraformOutput(this, "bucket_names", {
      description: "Bucket of each storage tier.",
      value: Object.fromEntries(storageTiers.map((tier) => [tier, bucketName(config, tier)])),
    });
    new TerraformOutput(this, "access_key_ids", {
      description:
        "Access key ids by role and slot. The secrets are in the state and in the app only.",
      value: users.keyIds,
    });
  }
}
