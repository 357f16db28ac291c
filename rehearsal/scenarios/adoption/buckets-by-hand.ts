import {
  CreateBucketCommand,
  PutBucketCorsCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutObjectLockConfigurationCommand,
  type S3Client,
} from "@aws-sdk/client-s3";

import type { BucketByHand } from "./shape.ts";

/** Makes a bucket as somebody does in Wasabi's console. */
export async function makeBucket(storage: S3Client, bucket: BucketByHand): Promise<void> {
  const { name: Bucket, versioned } = bucket;
  const isLocked = (bucket.lockDays ?? bucket.lockYears) !== undefined;
  const lock = isLocked ? { ObjectLockEnabledForBucket: true } : {};
  await storage.send(new CreateBucketCommand({ Bucket, ...lock }));
  if (versioned === true) {
    const VersioningConfiguration = { Status: "Enabled" } as const;
    await storage.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration }));
  }
  if (isLocked) await lockBucket(storage, bucket);
  await writeRules(storage, bucket);
  await openBucket(storage, bucket);
}

async function lockBucket(storage: S3Client, bucket: BucketByHand): Promise<void> {
  const { name: Bucket, lockDays: Days, lockYears: Years } = bucket;
  const DefaultRetention =
    Years === undefined
      ? ({ Mode: "GOVERNANCE", Days } as const)
      : ({ Mode: "COMPLIANCE", Years } as const);
  const ObjectLockConfiguration = {
    ObjectLockEnabled: "Enabled",
    Rule: { DefaultRetention },
  } as const;
  await storage.send(new PutObjectLockConfigurationCommand({ Bucket, ObjectLockConfiguration }));
}

async function writeRules(storage: S3Client, bucket: BucketByHand): Promise<void> {
  const { name: Bucket, expiresAfterDays: Days } = bucket;
  const whole = { ID: "old", Status: "Enabled", Filter: { Prefix: "" } } as const;
  const Rules = bucket.rules ?? (Days === undefined ? [] : [{ ...whole, Expiration: { Days } }]);
  if (Rules.length === 0) return;
  const LifecycleConfiguration = { Rules: [...Rules] };
  await storage.send(
    new PutBucketLifecycleConfigurationCommand({ Bucket, LifecycleConfiguration }),
  );
}

async function openBucket(storage: S3Client, bucket: BucketByHand): Promise<void> {
  const { name: Bucket, origins } = bucket;
  if (bucket.public === true) {
    const Resource = `arn:aws:s3:::${Bucket}/*`;
    const Statement = [{ Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource }];
    const Policy = JSON.stringify({ Version: "2012-10-17", Statement });
    await storage.send(new PutBucketPolicyCommand({ Bucket, Policy }));
  }
  if (origins) {
    const CORSRules = [{ AllowedOrigins: [...origins], AllowedMethods: ["GET", "PUT"] }];
    const CORSConfiguration = { CORSRules };
    await storage.send(new PutBucketCorsCommand({ Bucket, CORSConfiguration }));
  }
}
