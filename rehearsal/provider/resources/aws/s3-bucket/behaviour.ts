import type { Behaviour, ValueRule } from "../../../engine/behaviour.ts";
import { lengthBetween, numberAtLeast, oneOf } from "../../../engine/rules.ts";

const notOnWasabi = (what: string): string => `Wasabi documents no ${what} for buckets.`;

const day: ValueRule = (value, path) =>
  typeof value === "string" && !Number.isNaN(Date.parse(`${value}T00:00:00Z`))
    ? undefined
    : `${JSON.stringify(path)} must be a date, as in 2026-01-31`;

const directoryName = /^[0-9a-z][0-9a-z-]*--[0-9a-z-]+-az\d--x-s3$/;

const bucketName: ValueRule = (value, path) =>
  typeof value === "string" && directoryName.test(value)
    ? `${path} must not be the name of a directory bucket`
    : lengthBetween(0, 63)(value, path);

/** What the schema of `aws_s3_bucket` does not say (provider 5.100.0, service/s3/bucket.go). */
export const bucketBehaviour: Behaviour = {
  force_new: [
    "bucket",
    "bucket_prefix",
    "object_lock_enabled",
    "object_lock_configuration.object_lock_enabled",
  ],
  defaults: {
    force_destroy: false,
    "versioning.enabled": false,
    "versioning.mfa_delete": false,
  },
  computed_blocks: [
    "cors_rule",
    "grant",
    "lifecycle_rule",
    "logging",
    "object_lock_configuration",
    "replication_configuration",
    "server_side_encryption_configuration",
    "versioning",
    "website",
  ],
  conflicts_with: {
    bucket: ["bucket_prefix"],
    bucket_prefix: ["bucket"],
    object_lock_enabled: ["object_lock_configuration"],
    "object_lock_configuration.object_lock_enabled": ["object_lock_enabled"],
  },
  values_validated: {
    bucket: bucketName,
    // A generated suffix takes 26 of the 63 characters.
    bucket_prefix: lengthBetween(0, 37),
    "lifecycle_rule.expiration.date": day,
    "lifecycle_rule.expiration.days": numberAtLeast(0),
    "lifecycle_rule.id": lengthBetween(0, 255),
    "lifecycle_rule.noncurrent_version_expiration.days": numberAtLeast(1),
    "object_lock_configuration.object_lock_enabled": oneOf(["Enabled"]),
    "object_lock_configuration.rule.default_retention.days": numberAtLeast(1),
    "object_lock_configuration.rule.default_retention.mode": oneOf(["GOVERNANCE", "COMPLIANCE"]),
    "object_lock_configuration.rule.default_retention.years": numberAtLeast(1),
  },
  not_rehearsed: {
    acceleration_status: notOnWasabi("transfer acceleration"),
    acl: "Access is given by policies; Wasabi keeps ACLs for other accounts.",
    force_destroy: "A stack must not be able to empty a bucket.",
    grant: "Access is given by policies; Wasabi keeps ACLs for other accounts.",
    "lifecycle_rule.noncurrent_version_transition": notOnWasabi("storage classes"),
    "lifecycle_rule.tags": "No rule of this project goes by tags.",
    "lifecycle_rule.transition": notOnWasabi("storage classes"),
    logging: "No bucket of this project logs its accesses.",
    policy: "The policy is a resource of its own, aws_s3_bucket_policy.",
    replication_configuration: "No bucket of this project is replicated.",
    request_payer: notOnWasabi("request payment"),
    server_side_encryption_configuration: "Wasabi always encrypts, and has no such setting.",
    tags: notOnWasabi("tags"),
    website: notOnWasabi("web sites"),
  },
  timeouts: { create: 20 * 60, read: 20 * 60, update: 20 * 60, delete: 60 * 60 },
};
