import type { AwsResource } from "./calls.ts";
import { iamAccessKey } from "./iam-access-key.ts";
import { iamUserPolicy } from "./iam-user-policy.ts";
import { iamUser } from "./iam-user.ts";
import { s3BucketPolicy } from "./s3-bucket-policy.ts";
import { s3Bucket } from "./s3-bucket.ts";

/** Every resource type of the rehearsed AWS provider. A new one is one line here. */
export const awsResources: readonly AwsResource[] = [
  iamAccessKey,
  iamUser,
  iamUserPolicy,
  s3Bucket,
  s3BucketPolicy,
];
