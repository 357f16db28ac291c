import { IAMClient } from "@aws-sdk/client-iam";
import { S3Client } from "@aws-sdk/client-s3";

import type { Wasabi } from "../../src/wasabi/server.ts";
import { adminKey, seed } from "./support.ts";

/** A key of somebody in the test's account. */
export interface Key {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** A client as the services have it; the administrator's without a key. */
export function s3Client({ urls }: Pick<Wasabi, "urls">, credentials: Key = adminKey): S3Client {
  return new S3Client({
    endpoint: urls.s3,
    region: seed.region,
    forcePathStyle: true,
    credentials,
    maxAttempts: 1,
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
  });
}

/** The administrator's client of IAM. */
export function iamClient({ urls }: Wasabi): IAMClient {
  return new IAMClient({
    endpoint: urls.iam,
    region: "us-east-1",
    credentials: adminKey,
    maxAttempts: 1,
  });
}
