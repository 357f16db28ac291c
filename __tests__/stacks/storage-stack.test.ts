import { production } from "../../environments/production.ts";
import { rotationSchema } from "../../environments/schema/rotation.ts";
import { anEnvironment, changed } from "../support/environments.ts";
import { resources, stackOf } from "../support/stacks.ts";

const storage = stackOf(anEnvironment(production), "storage");
const bucket = (name: string) => storage.resource.aws_s3_bucket?.[name];

test.each(["staging", "masters", "previews", "backups"])(
  "%s keeps versions and is protected",
  (tier) => {
    expect(bucket(tier)).toMatchObject({
      bucket: `northlight-mam-production-${tier}`,
      versioning: { enabled: true },
      lifecycle: { prevent_destroy: true },
    });
  },
);

test("uploads left behind go, previews and dumps age out, masters stay for ever", () => {
  const incomplete = {
    id: "abort-incomplete-uploads",
    enabled: true,
    abort_incomplete_multipart_upload_days: 3,
  };
  const expiring = (tier: string, days: number) => [
    incomplete,
    {
      id: `expire-${tier}`,
      enabled: true,
      expiration: { days },
      noncurrent_version_expiration: { days: 7 },
    },
  ];

  expect(bucket("staging")?.lifecycle_rule).toEqual(expiring("staging", 7));
  expect(bucket("masters")?.lifecycle_rule).toEqual([incomplete]);
  expect(bucket("previews")?.lifecycle_rule).toEqual(expiring("previews", 365));
  expect(bucket("backups")?.lifecycle_rule).toEqual(expiring("backups", 30));
});

test("browsers may upload to staging from the app's host, and complete multipart uploads", () => {
  expect(bucket("staging")?.cors_rule).toEqual([
    {
      allowed_origins: ["https://mam.northlight.example"],
      allowed_methods: ["PUT"],
      allowed_headers: ["content-type", "content-md5", "x-amz-*"],
      expose_headers: ["ETag"],
      max_age_seconds: 3600,
    },
  ]);
});

test("pages of further origins may upload to staging, and reach no other bucket", () => {
  const { resource } = stackOf(
    anEnvironment(changed((draft) => (draft.domain.extraOrigins = ["https://review.example"]))),
    "storage",
  );

  expect(resource.aws_s3_bucket?.staging?.cors_rule).toMatchObject([
    { allowed_origins: ["https://mam.northlight.example", "https://review.example"] },
  ]);
  for (const tier of ["masters", "previews", "backups"]) {
    expect(resource.aws_s3_bucket?.[tier]?.cors_rule).toEqual(bucket(tier)?.cors_rule);
  }
});

test.each(["masters", "previews", "backups"])(
  "%s replaces Wasabi's default CORS, which lets every origin in",
  (tier) => {
    expect(bucket(tier)?.cors_rule).toEqual([
      { allowed_origins: ["https://mam.northlight.example"], allowed_methods: ["HEAD"] },
    ]);
  },
);

test("originals and dumps are locked from the day that their bucket is made, and nothing else is", () => {
  const locked = {
    object_lock_enabled: "Enabled",
    rule: { default_retention: { mode: "GOVERNANCE", days: 30 } },
  };

  expect(bucket("masters")).toMatchObject({ object_lock_configuration: locked });
  expect(bucket("backups")).toMatchObject({ object_lock_configuration: locked });
  expect(bucket("staging")).not.toHaveProperty("object_lock_configuration");
  expect(bucket("previews")).not.toHaveProperty("object_lock_configuration");
  expect(JSON.stringify(storage)).not.toContain('"object_lock_enabled":true');
});

test("a bucket that stands without a lock is written as it stands, with a reason", () => {
  const unlockedReason = "The bucket was made before its environment asked for a lock.";
  const standing = stackOf(
    anEnvironment(
      changed((draft) => {
        draft.storage.masters = { objectLock: { mode: "COMPLIANCE", days: 90 } };
        draft.storage.backups = { unlockedReason };
      }),
    ),
    "storage",
  ).resource.aws_s3_bucket;

  expect(standing?.backups).not.toHaveProperty("object_lock_configuration");
  expect(standing?.masters).toMatchObject({
    object_lock_configuration: {
      rule: { default_retention: { mode: "COMPLIANCE", days: 90 } },
    },
  });
});

test("nothing is used that breaks on Wasabi: tags, ACLs, forced emptying, roles, separate sub-resources", () => {
  const allowed = [
    "aws_iam_access_key",
    "aws_iam_user",
    "aws_iam_user_policy",
    "aws_s3_bucket",
    "aws_s3_bucket_policy",
  ];
  const text = JSON.stringify(storage);

  expect(Object.keys(storage.resource).sort()).toEqual(allowed);
  expect(text).not.toMatch(
    /"(tags|default_tags|acl|force_destroy|server_side_encryption_configuration)"/,
  );
});

test("every role has a user, one inline policy and a key", () => {
  const roles = ["backup_writer", "edge_reader", "promoter", "transcoder", "uploader"];

  expect(resources(storage, "aws_iam_user").map(([name]) => name)).toEqual(roles);
  expect(resources(storage, "aws_iam_user_policy")).toHaveLength(roles.length);
  expect(resources(storage, "aws_iam_access_key").map(([name]) => name)).toEqual(
    roles.map((role) => `${role}_key_a`),
  );
});

test("a rotation has two keys for its role, and hands the active one to the app", () => {
  const begun = "2026-11-24T10:00:00Z";
  const environment = {
    ...anEnvironment(),
    rotation: rotationSchema.parse({
      "storage-key-uploader": {
        active: "B",
        rotation: { stage: "wait", begun, switched: begun },
      },
    }),
  };
  const keys = resources(stackOf(environment, "storage"), "aws_iam_access_key").map(
    ([name]) => name,
  );
  const app = JSON.stringify(stackOf(environment, "app"));

  expect(keys).toContain("uploader_key_a");
  expect(keys).toContain("uploader_key_b");
  expect(app).toContain("aws_iam_access_key_uploader_key_b_secret");
  expect(app).not.toContain("uploader_key_a_secret");
  expect(keys).not.toContain("promoter_key_b");
  expect(app).toContain("aws_iam_access_key_promoter_key_a_secret");
});

test("a key that is retired is gone, and the one that replaced it stays", () => {
  const rotation = rotationSchema.parse({ "storage-key-uploader": { active: "B" } });
  const storage = stackOf({ ...anEnvironment(), rotation }, "storage");
  const keys = resources(storage, "aws_iam_access_key").map(([name]) => name);

  expect(keys).toContain("uploader_key_b");
  expect(keys).not.toContain("uploader_key_a");
});

test("buckets are managed in their own region and IAM in us-east-1, with Wasabi's addresses", () => {
  const frankfurt = stackOf(
    anEnvironment(changed((draft) => (draft.network.region = "fra"))),
    "storage",
  );

  expect(frankfurt.provider.aws).toMatchObject([
    {
      alias: "wasabi",
      region: "eu-central-2",
      endpoints: [{ s3: "https://s3.eu-central-2.wasabisys.com" }],
    },
    {
      alias: "wasabi_iam",
      region: "us-east-1",
      endpoints: [{ iam: "https://iam.wasabisys.com", sts: "https://sts.wasabisys.com" }],
    },
  ]);
  for (const [, user] of resources(frankfurt, "aws_iam_user")) {
    expect(user.provider).toBe("aws.wasabi_iam");
  }
});

test("the provider asks Wasabi for nothing that it does not have", () => {
  for (const provider of storage.provider.aws ?? []) {
    expect(provider).toMatchObject({
      s3_use_path_style: true,
      skip_region_validation: true,
      skip_credentials_validation: true,
      skip_requesting_account_id: true,
      skip_metadata_api_check: "true",
    });
  }
});

test("Wasabi's own keys are ephemeral: neither a plan nor a state keeps them", () => {
  expect(storage.variable).toEqual({
    wasabi_access_key: { type: "string", sensitive: true, ephemeral: true },
    wasabi_secret_key: { type: "string", sensitive: true, ephemeral: true },
  });
});
