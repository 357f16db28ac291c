import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  PutUserPolicyCommand,
} from "@aws-sdk/client-iam";
import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteBucketPolicyCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  ListObjectVersionsCommand,
  PutBucketAclCommand,
  PutBucketCorsCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketLoggingCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutObjectAclCommand,
  PutObjectCommand,
  PutObjectLegalHoldCommand,
  PutObjectLockConfigurationCommand,
  PutObjectRetentionCommand,
  S3ServiceException,
  type S3Client,
} from "@aws-sdk/client-s3";

import { bucketPolicy } from "../../../constructs/storage/policies.ts";
import { type ServiceRole, serviceRoleNames } from "../../../constructs/storage/service-roles.ts";
import { type StorageTier, bucketName, storageTiers } from "../../../constructs/storage/tiers.ts";
import { production } from "../../../environments/production.ts";
import { errorCode } from "@mam-infra/clients/aws-error";
import { iamClient, s3Client } from "../../../packages/cloud/__tests__/wasabi/clients.ts";
import { allowing, startTestWasabi } from "../../../packages/cloud/__tests__/wasabi/support.ts";
import { checked } from "../../support/environments.ts";

const config = checked(production);
const key = "asset/clip.mov";

/** The four buckets with their policies and an object each, and services whose own policies allow everything. */
async function openHouse() {
  const { wasabi } = await startTestWasabi();
  const [iam, root] = [iamClient(wasabi), s3Client(wasabi)];
  const clients = new Map<ServiceRole, S3Client>();
  const arns: Partial<Record<ServiceRole, string>> = {};
  for (const role of serviceRoleNames) {
    const { User } = await iam.send(new CreateUserCommand({ UserName: role }));
    const PolicyDocument = allowing("*", "*");
    await iam.send(
      new PutUserPolicyCommand({ UserName: role, PolicyName: "wrong", PolicyDocument }),
    );
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: role }));
    arns[role] = User?.Arn ?? "";
    clients.set(
      role,
      s3Client(wasabi, {
        accessKeyId: AccessKey?.AccessKeyId ?? "",
        secretAccessKey: AccessKey?.SecretAccessKey ?? "",
      }),
    );
  }
  for (const tier of storageTiers) {
    const Bucket = bucketName(config, tier);
    await root.send(new CreateBucketCommand({ Bucket, ObjectLockEnabledForBucket: true }));
    await root.send(new PutObjectCommand({ Bucket, Key: key, Body: "held" }));
    const Policy = JSON.stringify(
      bucketPolicy(config, tier, arns as Readonly<Record<ServiceRole, string>>),
    );
    await root.send(new PutBucketPolicyCommand({ Bucket, Policy }));
  }
  return { wasabi, root, as: (role: ServiceRole) => clients.get(role) ?? root };
}

type House = Awaited<ReturnType<typeof openHouse>>;
let house: House;

beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.wasabi.close());

type Attempt = (client: S3Client, Bucket: string, VersionId: string) => Promise<unknown>;

const RetainUntilDate = new Date("2027-01-01T00:00:00Z");

/** Every call of the platform by which something is destroyed, or could be afterwards. */
const attempts: Readonly<Record<string, Attempt>> = {
  "replaces the bucket's policy": (client, Bucket) =>
    client.send(new PutBucketPolicyCommand({ Bucket, Policy: "{}" })),
  "opens the bucket by ACL": (client, Bucket) =>
    client.send(new PutBucketAclCommand({ Bucket, ACL: "private" })),
  "opens an object by ACL": (client, Bucket) =>
    client.send(new PutObjectAclCommand({ Bucket, Key: key, ACL: "private" })),
  "lets other pages in": (client, Bucket) =>
    client.send(
      new PutBucketCorsCommand({
        Bucket,
        CORSConfiguration: { CORSRules: [{ AllowedMethods: ["PUT"], AllowedOrigins: ["*"] }] },
      }),
    ),
  "stops versioning": (client, Bucket) =>
    client.send(
      new PutBucketVersioningCommand({
        Bucket,
        VersioningConfiguration: { Status: "Suspended" },
      }),
    ),
  "lets everything expire": (client, Bucket) =>
    client.send(
      new PutBucketLifecycleConfigurationCommand({
        Bucket,
        LifecycleConfiguration: {
          Rules: [{ ID: "x", Status: "Enabled", Filter: { Prefix: "" }, Expiration: { Days: 1 } }],
        },
      }),
    ),
  "shortens the lock of new objects": (client, Bucket) =>
    client.send(
      new PutObjectLockConfigurationCommand({
        Bucket,
        ObjectLockConfiguration: { ObjectLockEnabled: "Enabled" },
      }),
    ),
  "changes the retention of an object": (client, Bucket, VersionId) =>
    client.send(
      new PutObjectRetentionCommand({
        Bucket,
        Key: key,
        VersionId,
        Retention: { Mode: "GOVERNANCE", RetainUntilDate },
      }),
    ),
  "lifts a legal hold": (client, Bucket, VersionId) =>
    client.send(
      new PutObjectLegalHoldCommand({ Bucket, Key: key, VersionId, LegalHold: { Status: "OFF" } }),
    ),
  "sends the access log elsewhere": (client, Bucket) =>
    client.send(new PutBucketLoggingCommand({ Bucket, BucketLoggingStatus: {} })),
  "deletes the bucket": (client, Bucket) => client.send(new DeleteBucketCommand({ Bucket })),
};

/** What would take the refusals away, so it is tried last. */
const lastly: Readonly<Record<string, Attempt>> = {
  "deletes the bucket's policy": (client, Bucket) =>
    client.send(new DeleteBucketPolicyCommand({ Bucket })),
};

/** What is refused besides in the tiers whose objects cannot be made again. */
const deletions: Readonly<Record<string, Attempt>> = {
  "deletes an object": (client, Bucket) =>
    client.send(new DeleteObjectCommand({ Bucket, Key: key })),
  "deletes a version, past its governance": (client, Bucket, VersionId) =>
    client.send(
      new DeleteObjectCommand({ Bucket, Key: key, VersionId, BypassGovernanceRetention: true }),
    ),
  "deletes many objects at once": async (client, Bucket, VersionId) => {
    const { Errors = [] } = await client.send(
      new DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key: key, VersionId }] } }),
    );
    const [refused] = Errors;
    // The call itself is answered; what becomes of each object is inside.
    if (refused) {
      const name = refused.Code ?? "";
      throw new S3ServiceException({ name, $fault: "client", $metadata: {} });
    }
  },
};

const places = serviceRoleNames.flatMap((role) =>
  storageTiers.map((tier) => [role, tier] as const),
);

const attemptsIn = (tier: StorageTier) => ({
  ...attempts,
  ...(tier === "masters" || tier === "backups" ? deletions : {}),
  ...lastly,
});

async function outcomes(client: S3Client, tier: StorageTier): Promise<Record<string, string>> {
  const Bucket = bucketName(config, tier);
  const { Versions = [] } = await house.root.send(new ListObjectVersionsCommand({ Bucket }));
  const outcome: Record<string, string> = {};
  for (const [what, run] of Object.entries(attemptsIn(tier))) {
    outcome[what] = await run(client, Bucket, Versions[0]?.VersionId ?? "").then(
      () => "done",
      (error: unknown) => errorCode(error) ?? String(error),
    );
  }
  return outcome;
}

test.each(places)(
  "%s, allowed everything by its own policy, destroys nothing in %s",
  async (role, tier) => {
    const expected = Object.keys(attemptsIn(tier)).map((what) => [what, "AccessDenied"]);

    expect(await outcomes(house.as(role), tier)).toEqual(Object.fromEntries(expected));
  },
);

test("nothing but the refusal kept them: an administrator gets past it", async () => {
  const administrator = await outcomes(house.root, "backups");
  const refused = Object.entries(administrator).filter(([, outcome]) => outcome === "AccessDenied");

  // Access control lists are refused to everybody.
  expect(refused.map(([what]) => what)).toEqual([
    "opens the bucket by ACL",
    "opens an object by ACL",
  ]);
});
