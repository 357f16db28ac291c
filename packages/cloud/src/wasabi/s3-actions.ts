import { matchesPattern } from "./policy-pattern.ts";

/** What a permission is about: one bucket, the objects in it, or the account as a whole. */
export type ActionLevel = "account" | "bucket" | "object";

const actionsByLevel: Readonly<Record<ActionLevel, readonly string[]>> = {
  account: ["CreateBucket", "ListAllMyBuckets"],
  bucket: [
    "DeleteBucket",
    "DeleteBucketPolicy",
    "DeleteBucketWebsite",
    "GetAccelerateConfiguration",
    "GetAnalyticsConfiguration",
    "GetBucketAcl",
    "GetBucketCORS",
    "GetBucketLocation",
    "GetBucketLogging",
    "GetBucketNotification",
    "GetBucketObjectLockConfiguration",
    "GetBucketOwnershipControls",
    "GetBucketPolicy",
    "GetBucketPolicyStatus",
    "GetBucketPublicAccessBlock",
    "GetBucketRequestPayment",
    "GetBucketTagging",
    "GetBucketVersioning",
    "GetBucketWebsite",
    "GetEncryptionConfiguration",
    "GetIntelligentTieringConfiguration",
    "GetInventoryConfiguration",
    "GetLifecycleConfiguration",
    "GetMetricsConfiguration",
    "GetReplicationConfiguration",
    "ListBucket",
    "ListBucketMultipartUploads",
    "ListBucketVersions",
    "PutAccelerateConfiguration",
    "PutAnalyticsConfiguration",
    "PutBucketAcl",
    "PutBucketCORS",
    "PutBucketLogging",
    "PutBucketNotification",
    "PutBucketObjectLockConfiguration",
    "PutBucketOwnershipControls",
    "PutBucketPolicy",
    "PutBucketPublicAccessBlock",
    "PutBucketRequestPayment",
    "PutBucketTagging",
    "PutBucketVersioning",
    "PutBucketWebsite",
    "PutEncryptionConfiguration",
    "PutIntelligentTieringConfiguration",
    "PutInventoryConfiguration",
    "PutLifecycleConfiguration",
    "PutMetricsConfiguration",
    "PutReplicationConfiguration",
  ],
  object: [
    "AbortMultipartUpload",
    "BypassGovernanceRetention",
    "DeleteObject",
    "DeleteObjectTagging",
    "DeleteObjectVersion",
    "DeleteObjectVersionTagging",
    "GetObject",
    "GetObjectAcl",
    "GetObjectAttributes",
    "GetObjectLegalHold",
    "GetObjectRetention",
    "GetObjectTagging",
    "GetObjectTorrent",
    "GetObjectVersion",
    "GetObjectVersionAcl",
    "GetObjectVersionAttributes",
    "GetObjectVersionForReplication",
    "GetObjectVersionTagging",
    "ListMultipartUploadParts",
    "ObjectOwnerOverrideToBucketOwner",
    "PutObject",
    "PutObjectAcl",
    "PutObjectLegalHold",
    "PutObjectRetention",
    "PutObjectTagging",
    "PutObjectVersionAcl",
    "PutObjectVersionTagging",
    "ReplicateDelete",
    "ReplicateObject",
    "ReplicateTags",
    "RestoreObject",
  ],
};

/**
 * The permissions of S3 and what each is about (AWS Service Authorization Reference, Amazon S3). A bucket policy that
 * names another one is refused: a misspelt action in a Deny would otherwise deny nothing.
 */
export const s3Actions: ReadonlyMap<string, ActionLevel> = new Map(
  Object.entries(actionsByLevel).flatMap(([level, names]) =>
    // `Object.entries` forgets the type of the keys.
    names.map((name): [string, ActionLevel] => [`s3:${name}`, level as ActionLevel]),
  ),
);

/** Levels of all S3 permissions that an action pattern matches; action names are case-insensitive. */
export function levelsOfAction(pattern: string): Set<ActionLevel> {
  const wanted = pattern.toLowerCase();
  return new Set(
    [...s3Actions]
      .filter(([name]) => matchesPattern(wanted, name.toLowerCase()))
      .map(([, level]) => level),
  );
}
