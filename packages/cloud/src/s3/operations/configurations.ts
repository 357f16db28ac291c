import { z } from "zod";

import { corsContent, corsSchema } from "../cors.ts";
import { S3Error, type S3ErrorCode } from "../errors.ts";
import { lifecycleContent, lifecycleSchema } from "../lifecycle-rules.ts";
import { readMode } from "../retention.ts";
import { requireBucket } from "../store.ts";
import { container, wholeNumber } from "../xml.ts";
import { type Configuration, operationsOf } from "./configuration.ts";
import { Body } from "../bodies/body.ts";
import { type Operation, readBody, xmlAnswer } from "./operation.ts";

function found<T>(value: T | undefined, code: S3ErrorCode): T {
  if (value === undefined) throw new S3Error(code);
  return value;
}

const versioningSchema = z.strictObject({
  Status: z.enum(["Enabled", "Suspended"]),
  MfaDelete: z.literal("Disabled").exactOptional(),
});

const lockSchema = z.strictObject({
  ObjectLockEnabled: z.literal("Enabled"),
  Rule: z
    .strictObject({
      DefaultRetention: z
        .strictObject({
          Mode: z.string().transform(readMode),
          Days: wholeNumber.exactOptional(),
          Years: wholeNumber.exactOptional(),
        })
        .refine(
          ({ Days, Years }) => (Days === undefined) !== (Years === undefined),
          "must have either Days or Years",
        ),
    })
    .exactOptional(),
});

const loggingSchema = container(
  z.strictObject({
    LoggingEnabled: z
      .strictObject({ TargetBucket: z.string(), TargetPrefix: z.string() })
      .exactOptional(),
  }),
);

const configurations = {
  versioning: {
    subresource: "versioning",
    noun: "BucketVersioning",
    readAction: "s3:GetBucketVersioning",
    writeAction: "s3:PutBucketVersioning",
    read: ({ versioning }) =>
      xmlAnswer("VersioningConfiguration", {
        Status: versioning === "Unversioned" ? undefined : versioning,
      }),
    write(bucket, { request }) {
      const { Status } = readBody(request, "VersioningConfiguration", versioningSchema);
      if (Status === "Suspended" && bucket.objectLock) {
        throw new S3Error("InvalidBucketState", {
          message:
            "An Object Lock configuration is present on this bucket, so the versioning state cannot be changed.",
        });
      }
      bucket.versioning = Status;
    },
  },
  policy: {
    subresource: "policy",
    noun: "BucketPolicy",
    readAction: "s3:GetBucketPolicy",
    writeAction: "s3:PutBucketPolicy",
    deleteAction: "s3:DeleteBucketPolicy",
    headers: ["x-amz-confirm-remove-self-bucket-access"],
    writeStatus: 204,
    read: ({ policy }) => ({
      headers: { "content-type": "application/json" },
      body: Body.of(Buffer.from(found(policy, "NoSuchBucketPolicy"))),
    }),
    write(bucket, { request, host }) {
      const text = request.body.toString("utf8");
      host.checkBucketPolicy(bucket.name, text);
      bucket.policy = text;
    },
    remove(bucket) {
      bucket.policy = undefined;
    },
  },
  cors: {
    subresource: "cors",
    noun: "BucketCors",
    readAction: "s3:GetBucketCORS",
    writeAction: "s3:PutBucketCORS",
    read: ({ cors }, { host }) =>
      xmlAnswer(
        "CORSConfiguration",
        corsContent(found(cors ?? host.defaultCors, "NoSuchCORSConfiguration")),
      ),
    write(bucket, { request, host }) {
      bucket.cors = readBody(request, "CORSConfiguration", corsSchema(host.corsMethods)).CORSRule;
    },
    remove(bucket) {
      bucket.cors = undefined;
    },
  },
  lifecycle: {
    subresource: "lifecycle",
    noun: "BucketLifecycleConfiguration",
    readAction: "s3:GetLifecycleConfiguration",
    writeAction: "s3:PutLifecycleConfiguration",
    // Amazon's own header: taken, but never given back, which is what makes the provider's separate
    // lifecycle resource wait in vain (hashicorp/terraform-provider-aws#49019).
    headers: ["x-amz-transition-default-minimum-object-size"],
    read: ({ lifecycle }) =>
      xmlAnswer(
        "LifecycleConfiguration",
        lifecycleContent(found(lifecycle, "NoSuchLifecycleConfiguration")),
      ),
    write(bucket, { request }) {
      bucket.lifecycle = readBody(request, "LifecycleConfiguration", lifecycleSchema);
    },
    remove(bucket) {
      bucket.lifecycle = undefined;
    },
  },
  objectLock: {
    subresource: "object-lock",
    noun: "ObjectLockConfiguration",
    readAction: "s3:GetBucketObjectLockConfiguration",
    writeAction: "s3:PutBucketObjectLockConfiguration",
    read({ objectLock }) {
      const { default: rule } = found(objectLock, "ObjectLockConfigurationNotFoundError");
      return xmlAnswer("ObjectLockConfiguration", {
        ObjectLockEnabled: "Enabled",
        Rule: rule && { DefaultRetention: { Mode: rule.mode, [rule.unit]: rule.count } },
      });
    },
    write(bucket, { request }) {
      const { Rule } = readBody(request, "ObjectLockConfiguration", lockSchema);
      if (!bucket.objectLock) {
        throw new S3Error("InvalidBucketState", {
          message: "Object Lock configuration cannot be enabled on existing buckets",
        });
      }
      bucket.objectLock.default = Rule && defaultRule(Rule.DefaultRetention);
    },
  },
  logging: {
    subresource: "logging",
    noun: "BucketLogging",
    readAction: "s3:GetBucketLogging",
    writeAction: "s3:PutBucketLogging",
    read: ({ logging }) =>
      xmlAnswer("BucketLoggingStatus", { LoggingEnabled: logging && { ...logging } }),
    write(bucket, { request, host }) {
      const { LoggingEnabled } = readBody(request, "BucketLoggingStatus", loggingSchema);
      if (LoggingEnabled) requireBucket(host.store, LoggingEnabled.TargetBucket);
      bucket.logging = LoggingEnabled;
    },
  },
} as const satisfies Record<string, Configuration>;

function defaultRule(
  retention: NonNullable<z.output<typeof lockSchema>["Rule"]>["DefaultRetention"],
) {
  const { Mode, Days, Years } = retention;
  return Years === undefined
    ? ({ mode: Mode, unit: "Days", count: Days ?? 0 } as const)
    : ({ mode: Mode, unit: "Years", count: Years } as const);
}

/** The bucket settings that a platform can have. */
export type ConfigurationName = keyof typeof configurations;

/** The operations of a bucket's settings, in so far as a platform has them. */
export function configurationOperations(names: readonly ConfigurationName[]): Operation[] {
  return names.flatMap((name) => operationsOf(configurations[name]));
}
