import {
  CreateBucketCommand,
  PutBucketCorsCommand,
  PutBucketPolicyCommand,
  PutObjectLockConfigurationCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import { createStorage } from "@mam-services/common/storage";

import { bucketPolicy, rolePolicy } from "../../constructs/storage/policies.ts";
import { type ServiceRole, serviceRoleNames } from "../../constructs/storage/service-roles.ts";
import { bucketName, storageTiers } from "../../constructs/storage/tiers.ts";
import { environments } from "../../environments/index.ts";
import { environmentSchema } from "../../environments/schema/environment.ts";
import { type Cloud, startCloud } from "../../packages/cloud/src/index.ts";

const config = environmentSchema.parse(environments.production);
const region = "us-east-1";
const root = { accessKeyId: "ROOTKEY0000000000000", secretAccessKey: "root-secret" };

/** Object lock of masters and dumps, in days. */
export const lockDays = 30;

/** A key of Wasabi. */
export interface StorageKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** Wasabi with the buckets, roles and policies that the platform makes there. */
export interface TestStorage {
  readonly cloud: Cloud;
  readonly endpoint: string;
  readonly region: string;
  readonly buckets: Readonly<Record<(typeof storageTiers)[number], string>>;
  readonly keys: Readonly<Record<ServiceRole, StorageKey>>;
  /** Client of the account's root, for looking. */
  readonly root: S3Client;
  /** Its key. */
  readonly rootKey: StorageKey;
  close(): Promise<void>;
}

const keyOf = (role: ServiceRole): StorageKey => ({
  accessKeyId: `KEY${role.toUpperCase()}`,
  secretAccessKey: `secret-of-${role}`,
});

const byRole = <T>(value: (role: ServiceRole) => T) =>
  Object.fromEntries(serviceRoleNames.map((role) => [role, value(role)])) as Record<ServiceRole, T>;

/** Starts the embedded cloud and makes the four buckets as the platform does. */
export async function startTestStorage(): Promise<TestStorage> {
  const cloud = await startCloud({
    digitalOcean: { tokens: [], members: ["owner@example.com"], registry: {} },
    wasabi: {
      accountId: "100000000001",
      region,
      rootAccessKey: root,
      users: serviceRoleNames.map((name) => ({
        name,
        ...keyOf(name),
        policies: { own: JSON.stringify(rolePolicy(config, name)) },
      })),
    },
    spaces: { region: "nyc3", accessKeys: [], buckets: [] },
    speed: 1,
  });
  const endpoint = cloud.endpoints.wasabiS3;
  const client = createStorage({ endpoint, region, ...root });
  const arns = byRole((role) => `arn:aws:iam::100000000001:user/${role}`);
  for (const tier of storageTiers) await makeBucket(client, tier, arns);
  return {
    cloud,
    endpoint,
    region,
    buckets: Object.fromEntries(
      storageTiers.map((tier) => [tier, bucketName(config, tier)]),
    ) as TestStorage["buckets"],
    keys: byRole(keyOf),
    root: client,
    rootKey: root,
    close: () => cloud.close(),
  };
}

async function makeBucket(
  client: S3Client,
  tier: (typeof storageTiers)[number],
  arns: Readonly<Record<ServiceRole, string>>,
): Promise<void> {
  const Bucket = bucketName(config, tier);
  const isLocked = tier === "masters" || tier === "backups";
  await client.send(new CreateBucketCommand({ Bucket, ObjectLockEnabledForBucket: isLocked }));
  if (isLocked)
    await client.send(
      new PutObjectLockConfigurationCommand({
        Bucket,
        ObjectLockConfiguration: {
          ObjectLockEnabled: "Enabled",
          Rule: { DefaultRetention: { Mode: "GOVERNANCE", Days: lockDays } },
        },
      }),
    );
  await client.send(
    new PutBucketCorsCommand({
      Bucket,
      CORSConfiguration: {
        CORSRules: [
          {
            AllowedOrigins: ["http://mam.localhost"],
            AllowedMethods: ["PUT"],
            ExposeHeaders: ["ETag"],
          },
        ],
      },
    }),
  );
  await client.send(
    new PutBucketPolicyCommand({
      Bucket,
      Policy: JSON.stringify(bucketPolicy(config, tier, arns)),
    }),
  );
}
