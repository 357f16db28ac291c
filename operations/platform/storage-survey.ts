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
import { errorStatus } from "@mam-infra/clients/aws-error";
import type { Session } from "../context/session.ts";
import { whereConfigured } from "./where-configured.ts";

/** What Wasabi says about the buckets and users of an environment. */
export interface StorageSurvey {
  readonly buckets: Readonly<Record<StorageTier, SurveyedBucket>>;
  readonly users: Readonly<Record<ServiceRole, SurveyedUser>>;
}

/** A bucket; what it does not have is undefined or empty. */
export interface SurveyedBucket {
  readonly versioning: string | undefined;
  readonly corsOrigins: readonly string[];
  readonly lifecycleIds: readonly string[];
  readonly policy: unknown;
  /** Mode and days of the retention that new objects get. */
  readonly objectLock: string | undefined;
}

/** A user; one that does not exist has neither policy nor keys. */
export interface SurveyedUser {
  readonly arn: string;
  readonly policy: unknown;
  readonly keys: readonly SurveyedKey[];
}

/** An access key, without its secret. */
export interface SurveyedKey {
  readonly id: string;
  readonly active: boolean;
  readonly created: Date | undefined;
}

/** Asks Wasabi for everything that protects media: thirty-one requests. @throws NotTried without Wasabi's keys. */
export async function askStorage({ connections, environment }: Session): Promise<StorageSurvey> {
  const clients = await whereConfigured(() => ({
    storage: connections.wasabiStorage(),
    iam: connections.wasabiIam(),
    sts: connections.wasabiSts(),
  }));
  const { Account = "" } = await clients.sts.send(new GetCallerIdentityCommand({}));
  return surveyStorage(clients.storage, clients.iam, environment.config, Account);
}

/** Asks Wasabi, by clients that there are, for everything that protects media in an account. */
export async function surveyStorage(
  storage: S3Client,
  iam: IAMClient,
  config: EnvironmentConfig,
  accountId: string,
): Promise<StorageSurvey> {
  const buckets = storageTiers.map(
    async (tier) => [tier, await surveyBucket(storage, bucketName(config, tier))] as const,
  );
  const users = serviceRoleNames.map(
    async (role) => [role, await surveyUser(iam, resourceName(config, role), accountId)] as const,
  );
  // `fromEntries` forgets that every tier and role is there.
  return {
    buckets: Object.fromEntries(await Promise.all(buckets)) as StorageSurvey["buckets"],
    users: Object.fromEntries(await Promise.all(users)) as StorageSurvey["users"],
  };
}

async function surveyBucket(storage: S3Client, Bucket: string): Promise<SurveyedBucket> {
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

async function surveyUser(
  iam: IAMClient,
  UserName: string,
  accountId: string,
): Promise<SurveyedUser> {
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

/** What a question is answered with; undefined when there is nothing of the kind, which whoever compares reports. */
async function ifPresent<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (errorStatus(error) === 404) return undefined;
    throw error;
  }
}
