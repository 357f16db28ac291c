import { GetUserPolicyCommand, type IAMClient, ListAccessKeysCommand } from "@aws-sdk/client-iam";
import {
  GetBucketCorsCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketPolicyCommand,
  GetBucketVersioningCommand,
  GetObjectLockConfigurationCommand,
  type GetObjectLockConfigurationCommandOutput,
  type S3Client,
} from "@aws-sdk/client-s3";
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";

import { resourceName } from "../../constructs/naming.ts";
import { type ServiceRole, serviceRoleNames } from "../../constructs/storage/service-roles.ts";
import { type StorageTier, bucketName, storageTiers } from "../../constructs/storage/tiers.ts";
import type { EnvironmentConfig } from "../../environments/schema/environment.ts";
import { ifPresent } from "@mam-infra/clients/aws-error";
import type { Session } from "../context/session.ts";
import { whereConfigured } from "./where-configured.ts";

/** What Wasabi says about the buckets and users of an environment. */
export interface ObservedStorage {
  readonly buckets: Readonly<Record<StorageTier, ObservedBucket>>;
  readonly users: Readonly<Record<ServiceRole, ObservedUser>>;
}

/** A bucket; what it does not have is undefined or empty. */
export interface ObservedBucket {
  readonly versioning: string | undefined;
  readonly corsOrigins: readonly string[];
  readonly lifecycleIds: readonly string[];
  readonly policy: unknown;
  /** Mode and days of the retention that new objects get. */
  readonly objectLock: string | undefined;
}

/** A user; one that does not exist has neither policy nor keys. */
export interface ObservedUser {
  readonly arn: string;
  readonly policy: unknown;
  readonly keys: readonly ObservedKey[];
}

/** An access key, without its secret. */
export interface ObservedKey {
  readonly id: string;
  readonly active: boolean;
  readonly created: Date | undefined;
}

/** Asks Wasabi for everything that protects media: thirty-one requests. @throws CheckSkipped without Wasabi's keys. */
export async function askStorage({ clients, environment }: Session): Promise<ObservedStorage> {
  const { storage, iam, sts } = await whereConfigured(() => ({
    storage: clients.wasabiStorage(),
    iam: clients.wasabiIam(),
    sts: clients.wasabiSts(),
  }));
  const { Account = "" } = await sts.send(new GetCallerIdentityCommand({}));
  return observeStorage(storage, iam, environment.config, Account);
}

/** Asks Wasabi, by clients that there are, for everything that protects media in an account. */
export async function observeStorage(
  storage: S3Client,
  iam: IAMClient,
  config: EnvironmentConfig,
  accountId: string,
): Promise<ObservedStorage> {
  const buckets = storageTiers.map(
    async (tier) => [tier, await observeBucket(storage, bucketName(config, tier))] as const,
  );
  const users = serviceRoleNames.map(
    async (role) => [role, await observeUser(iam, resourceName(config, role), accountId)] as const,
  );
  // `fromEntries` forgets that every tier and role is there.
  return {
    buckets: Object.fromEntries(await Promise.all(buckets)) as ObservedStorage["buckets"],
    users: Object.fromEntries(await Promise.all(users)) as ObservedStorage["users"],
  };
}

async function observeBucket(storage: S3Client, Bucket: string): Promise<ObservedBucket> {
  const [versioning, cors, lifecycle, policy, lock] = await Promise.all([
    ifPresent(storage.send(new GetBucketVersioningCommand({ Bucket }))),
    ifPresent(storage.send(new GetBucketCorsCommand({ Bucket }))),
    ifPresent(storage.send(new GetBucketLifecycleConfigurationCommand({ Bucket }))),
    ifPresent(storage.send(new GetBucketPolicyCommand({ Bucket }))),
    ifPresent(storage.send(new GetObjectLockConfigurationCommand({ Bucket }))),
  ]);
  return {
    versioning: versioning?.Status,
    corsOrigins: (cors?.CORSRules ?? []).flatMap(({ AllowedOrigins = [] }) => AllowedOrigins),
    lifecycleIds: (lifecycle?.Rules ?? [])
      .filter(({ Status }) => Status === "Enabled")
      .map(({ ID = "" }) => ID),
    policy: policy && JSON.parse(policy.Policy ?? "null"),
    objectLock: retentionOf(lock),
  };
}

function retentionOf(lock: GetObjectLockConfigurationCommandOutput | undefined) {
  const retention = lock?.ObjectLockConfiguration?.Rule?.DefaultRetention;
  return retention && `${retention.Mode} ${retention.Days} days`;
}

async function observeUser(
  iam: IAMClient,
  UserName: string,
  accountId: string,
): Promise<ObservedUser> {
  const [policy, keys] = await Promise.all([
    ifPresent(iam.send(new GetUserPolicyCommand({ UserName, PolicyName: "media-access" }))),
    ifPresent(iam.send(new ListAccessKeysCommand({ UserName }))),
  ]);
  return {
    arn: `arn:aws:iam::${accountId}:user/${UserName}`,
    policy: policy && JSON.parse(decodeURIComponent(policy.PolicyDocument ?? "null")),
    keys:
      keys?.AccessKeyMetadata?.map(({ AccessKeyId = "", Status, CreateDate }) => ({
        id: AccessKeyId,
        active: Status === "Active",
        created: CreateDate,
      })) ?? [],
  };
}
