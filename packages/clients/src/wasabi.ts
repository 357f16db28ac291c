import type { IAMClient } from "@aws-sdk/client-iam";
import type { S3Client } from "@aws-sdk/client-s3";
import type { STSClient } from "@aws-sdk/client-sts";

import { lettingHear, nameCaller, sharedConfig, withTimeouts, type AwsOptions } from "./aws-sdk.ts";
import { packages } from "./packages.ts";

/**
 * A client of Wasabi's object storage in one region, `https://s3.<region>.wasabisys.com`. Path style,
 * as Wasabi recommends (docs.wasabi.com/docs/rest-api-introduction).
 */
export function createWasabiStorage(options: AwsOptions): S3Client {
  const { S3Client } = packages.s3();
  const client = new S3Client({ ...sharedConfig(options), forcePathStyle: true });
  return withTimeouts(nameCaller(client, options.userAgent), "Wasabi S3", options);
}

/**
 * A client of Wasabi's IAM, `https://iam.wasabisys.com`, to be signed for us-east-1. Only users,
 * groups, policies, roles and access keys exist there, and no tags
 * (docs.wasabi.com/apidocs/iam-and-sts-support).
 */
export function createWasabiIam(options: AwsOptions): IAMClient {
  const { IAMClient } = packages.iam();
  const client = nameCaller(new IAMClient(sharedConfig(options)), options.userAgent);
  return withTimeouts(lettingHear(client, options.hear), "Wasabi IAM", options);
}

/** A client of Wasabi's STS, `https://sts.wasabisys.com`. */
export function createWasabiSts(options: AwsOptions): STSClient {
  const { STSClient } = packages.sts();
  const client = nameCaller(new STSClient(sharedConfig(options)), options.userAgent);
  return withTimeouts(lettingHear(client, options.hear), "Wasabi STS", options);
}
