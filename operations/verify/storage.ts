import {
  GetBucketCorsCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketPolicyCommand,
  GetBucketVersioningCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import { GetUserPolicyCommand, type IAMClient, ListAccessKeysCommand } from "@aws-sdk/client-iam";

import { resourceName } from "../../constructs/naming.ts";
import { bucketPolicy, rolePolicy } from "../../constructs/storage/policies.ts";
import { lifecycleRules } from "../../constructs/storage/retention.ts";
import { type ServiceRole, serviceRoleNames } from "../../constructs/storage/service-roles.ts";
import { type StorageTier, bucketName, storageTiers } from "../../constructs/storage/tiers.ts";
import type { EnvironmentConfig } from "../../environments/schema.ts";
import { type Comparison, inOrder } from "./comparison.ts";

/** What Wasabi says about the buckets and users of an environment. */
export interface StorageSurvey {
  readonly buckets: Readonly<Record<StorageTier, SurveyedBucket>>;
  readonly users: Readonly<Record<ServiceRole, SurveyedUser>>;
}

interface SurveyedBucket {
  readonly versioning: string | undefined;
  readonly corsOrigins: readonly string[];
  readonly lifecycleIds: readonly string[];
  readonly policy: unknown;
}

interface SurveyedUser {
  readonly arn: string;
  readonly policy: unknown;
  readonly activeKeys: number;
}

/** Asks Wasabi for everything that protects media. */
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
  const [versioning, cors, lifecycle, policy] = await Promise.all([
    storage.send(new GetBucketVersioningCommand({ Bucket })),
    storage.send(new GetBucketCorsCommand({ Bucket })),
    storage.send(new GetBucketLifecycleConfigurationCommand({ Bucket })),
    storage.send(new GetBucketPolicyCommand({ Bucket })),
  ]);
  return {
    versioning: versioning.Status,
    corsOrigins: cors.CORSRules?.flatMap(({ AllowedOrigins }) => AllowedOrigins ?? []) ?? [],
    lifecycleIds: lifecycle.Rules?.map(({ ID }) => ID ?? "") ?? [],
    policy: JSON.parse(policy.Policy ?? "null"),
  };
}

async function surveyUser(
  iam: IAMClient,
  UserName: string,
  accountId: string,
): Promise<SurveyedUser> {
  const [policy, keys] = await Promise.all([
    iam.send(new GetUserPolicyCommand({ UserName, PolicyName: "media-access" })),
    iam.send(new ListAccessKeysCommand({ UserName })),
  ]);
  return {
    arn: `arn:aws:iam::${accountId}:user/${UserName}`,
    policy: JSON.parse(decodeURIComponent(policy.PolicyDocument ?? "null")),
    activeKeys: keys.AccessKeyMetadata?.filter(({ Status }) => Status === "Active").length ?? 0,
  };
}

/** Buckets and users beside what the environment says about them. */
export function storageComparisons(config: EnvironmentConfig, survey: StorageSurvey): Comparison[] {
  // `fromEntries` forgets that every role is there.
  const arns = Object.fromEntries(
    serviceRoleNames.map((role) => [role, survey.users[role].arn]),
  ) as Record<ServiceRole, string>;
  return [
    ...storageTiers.flatMap((tier) => bucketComparisons(config, tier, survey.buckets[tier], arns)),
    ...serviceRoleNames.flatMap((role) => userComparisons(config, role, survey.users[role])),
  ];
}

function bucketComparisons(
  config: EnvironmentConfig,
  tier: StorageTier,
  bucket: SurveyedBucket,
  arns: Readonly<Record<ServiceRole, string>>,
): Comparison[] {
  const keepsVersions = tier !== "masters" || config.storage.masters.versioning;
  return [
    {
      resource: `versioning of ${tier}`,
      expected: keepsVersions ? "Enabled" : undefined,
      found: bucket.versioning,
    },
    {
      resource: `origins that ${tier} lets in`,
      expected: [`https://${config.domain.appHost}`],
      found: bucket.corsOrigins,
    },
    {
      resource: `lifecycle rules of ${tier}`,
      expected: inOrder(lifecycleRules(config, tier).map(({ id }) => id ?? "")),
      found: inOrder(bucket.lifecycleIds),
    },
    {
      resource: `the policy of ${tier}`,
      expected: plain(bucketPolicy(config, tier, arns)),
      found: bucket.policy,
    },
  ];
}

function userComparisons(
  config: EnvironmentConfig,
  role: ServiceRole,
  user: SurveyedUser,
): Comparison[] {
  const keys = config.storage.accessKeys.rotating ? 2 : 1;
  return [
    {
      resource: `the policy of ${role}`,
      expected: plain(rolePolicy(config, role)),
      found: user.policy,
    },
    { resource: `the keys of ${role}`, expected: keys, found: user.activeKeys },
  ];
}

/** A policy as it looks after a journey through JSON. */
function plain(policy: object): unknown {
  return JSON.parse(JSON.stringify(policy));
}
