import type { S3Client } from "@aws-sdk/client-s3";

import { nameCaller, withTimeouts, sharedConfig, type AwsOptions } from "./aws-sdk.ts";
import { packages } from "./packages.ts";

/**
 * A client of DigitalOcean Spaces in one region, `https://<region>.digitaloceanspaces.com`. Requests
 * are signed for us-east-1 wherever the bucket is (docs.digitalocean.com, Spaces S3 compatibility).
 */
export function createSpaces(options: AwsOptions): S3Client {
  const { S3Client } = packages.s3();
  const client = new S3Client({ ...sharedConfig(options), forcePathStyle: true });
  return withTimeouts(nameCaller(client, options.userAgent), "Spaces", options);
}
