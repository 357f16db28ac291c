import type { EffectRow, TypeEffects } from "../effect.ts";

const stays = (argument: string, means: string, always = true): EffectRow => ({
  argument,
  always,
  whole: true,
  kinds: ["removed", "emptied"],
  planned: "nothing",
  means,
});

/** Buckets. */
export const s3Bucket: TypeEffects = {
  type: "aws_s3_bucket",
  replaced:
    "the bucket is deleted with every object in it, and an empty one is made; one that is not empty stops the deployment half-way",
  destroyed: "the bucket is deleted with every object in it",
  rows: [
    { argument: "bucket", kinds: ["removed"], planned: "nothing" },
    { argument: "bucket", planned: "replaced", drags: { aws_s3_bucket_policy: "replaced" } },
    { argument: "object_lock_enabled", planned: "replaced" },
    stays("object_lock_configuration", "object lock stays as it is on the bucket", false),
    { argument: "object_lock_configuration", planned: "replaced" },
    { argument: "versioning", kinds: ["respelled"], planned: "nothing" },
    stays("versioning", "versioning stays as it is on the bucket"),
    stays("cors_rule", "every CORS rule stays as it is on the bucket"),
    stays(
      "lifecycle_rule",
      "every lifecycle rule stays as it is on the bucket: objects go on expiring",
    ),
    { argument: "lifecycle_rule.id", kinds: ["removed"], planned: "nothing" },
    { argument: "*", planned: "in place" },
  ],
};

/** Policies of buckets. */
export const s3BucketPolicy: TypeEffects = {
  type: "aws_s3_bucket_policy",
  replaced: "for a moment nothing is refused by it",
  destroyed: "nothing is refused by it any more",
  rows: [
    { argument: "*", kinds: ["respelled"], planned: "nothing" },
    { argument: "bucket", planned: "replaced" },
    { argument: "*", planned: "in place" },
  ],
};

const anotherUser: Omit<EffectRow, "argument"> = {
  planned: "in place",
  outcome: "lags",
  lagging: ["aws_s3_bucket_policy"],
  means:
    "the user gets another ARN: bucket policies that name it follow only with the next plan, and refuse it nothing until then",
};

/** Storage users. */
export const iamUser: TypeEffects = {
  type: "aws_iam_user",
  replaced: "its keys go with it: services that have them fail until the app is deployed",
  destroyed: "its keys go with it: services that have them fail",
  rows: [
    {
      argument: "name",
      ...anotherUser,
      drags: { aws_iam_access_key: "replaced", aws_iam_user_policy: "replaced" },
    },
    { argument: "path", ...anotherUser },
    { argument: "*", planned: "in place" },
  ],
};

/** Keys of storage users. */
export const iamAccessKey: TypeEffects = {
  type: "aws_iam_access_key",
  replaced:
    "the old key stops working at once: services that have it fail until the app is deployed with the new one",
  destroyed: "the key stops working: services that have it fail",
  rows: [
    { argument: "user", planned: "replaced" },
    { argument: "pgp_key", planned: "replaced" },
    {
      argument: "status",
      planned: "in place",
      means: "an inactive key is refused: services that have it fail",
    },
  ],
};

/** Policies of storage users. */
export const iamUserPolicy: TypeEffects = {
  type: "aws_iam_user_policy",
  replaced: "for a moment the user may do nothing",
  destroyed: "the user may do nothing",
  rows: [
    { argument: "*", kinds: ["respelled"], planned: "nothing" },
    { argument: "name", kinds: ["removed"], planned: "nothing" },
    { argument: "name", planned: "replaced" },
    { argument: "user", planned: "replaced" },
    { argument: "*", planned: "in place" },
  ],
};
