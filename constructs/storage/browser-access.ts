import type { S3BucketCorsRule } from "@cdktf/provider-aws/lib/s3-bucket/index.js";

import { type Kept, nothingKept } from "../../environments/schema/kept.ts";
import type { EnvironmentConfig } from "../../environments/schema/environment.ts";
import { allowedOrigins } from "../domain/allowed-origins.ts";
import type { StorageTier } from "./tiers.ts";

/**
 * The one CORS rule of a tier: what pages of which origins may ask its bucket for.
 *
 * @param kept origins of the app that still runs.
 */
export function browserAccess(
  config: EnvironmentConfig,
  tier: StorageTier,
  { origins }: Kept = nothingKept,
): S3BucketCorsRule {
  const rule = tier === "staging" ? uploads(config) : nearlyNone(config);
  return { ...rule, allowedOrigins: [...rule.allowedOrigins, ...origins] };
}

/** Browsers upload to staging by presigned URLs; without `ETag` exposed they cannot complete a multipart upload. */
function uploads(config: EnvironmentConfig): S3BucketCorsRule {
  return {
    allowedOrigins: [...allowedOrigins(config)],
    allowedMethods: ["PUT"],
    allowedHeaders: ["content-type", "content-md5", "x-amz-*"],
    exposeHeaders: ["ETag"],
    maxAgeSeconds: config.storage.uploadCorsMaxAgeSeconds,
  };
}

/** Without a rule of its own a bucket has Wasabi's default, which lets every origin in; this one lets in nearly none. */
function nearlyNone({ domain }: EnvironmentConfig): S3BucketCorsRule {
  return { allowedOrigins: [`https://${domain.appHost}`], allowedMethods: ["HEAD"] };
}
