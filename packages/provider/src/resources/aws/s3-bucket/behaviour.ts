import type { Behaviour, ValueRule } from "../../../engine/behaviour.ts";
import { lengthBetween, numberAtLeast, oneOf } from "../../../engine/rules.ts";

const notOnWasabi = (what: string): string => `Wasabi documents no ${what} for buckets.`;

const day: ValueRule = (value) =>
  typeof value === "string" && !Number.isNaN(Date.parse(`${value}T00:00:00Z`))
    ? undefined
    : `${JSON.stringify(value)} cannot be parsed as RFC3339 Timestamp Format`;

/** The last name of the path alone, as the provider's own rules for enumerations say it. */
function byLastName(rule: ValueRule): ValueRule {
  return (value, path) => rule(value, path.split(".").at(-1) ?? path);
}

const replacedBy = (name: string, resource: string): string =>
  `${name} is deprecated. Use the aws_s3_bucket_${resource} resource instead.`;

const directoryName = /^[0-9a-z][0-9a-z-]*--[0-9a-z-]+-az\d--x-s3$/;

const bucketName: ValueRule = (value, path) =>
  typeof value === "string" && directoryName.test(value)
    ? `invalid value for ${path} (must not be in the format [bucket_name]--[azid]--x-s3. Use the aws_s3_directory_bucket resource to manage S3 Express buckets)`
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
    "object_lock_configuration.object_lock_enabled": byLastName(
      oneOf(["Enabled"], { quoted: true }),
    ),
    "object_lock_configuration.rule.default_retention.days": numberAtLeast(1),
    "object_lock_configuration.rule.default_retention.mode": byLastName(
      oneOf(["GOVERNANCE", "COMPLIANCE"], { quoted: true }),
    ),
    "object_lock_configuration.rule.default_retention.years": numberAtLeast(1),
  },
  deprecated: {
    cors_rule: replacedBy("cors_rule", "cors_configuration"),
    lifecycle_rule: replacedBy("lifecycle_rule", "lifecycle_configuration"),
    object_lock_configuration:
      "object_lock_configuration is deprecated. Use the top-level parameter object_lock_enabled and the aws_s3_bucket_object_lock_configuration resource instead.",
    "object_lock_configuration.object_lock_enabled":
      "object_lock_enabled is deprecated. Use the top-level parameter object_lock_enabled instead.",
    "object_lock_configuration.rule": replacedBy("rule", "object_lock_configuration"),
    versioning: replacedBy("versioning", "versioning"),
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
