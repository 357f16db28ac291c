import type { S3Client } from "@aws-sdk/client-s3";
import { createStorage } from "@mam-services/common/storage";

import type { Environment } from "./environment.ts";

/** The API's two clients of storage, each with the key of one role. */
export interface StorageClients {
  /** Begins, signs, lists, completes and aborts uploads in staging. */
  readonly uploader: S3Client;
  /** Reads staging and writes masters. */
  readonly promoter: S3Client;
}

/** Makes both clients. */
export function storageClients(environment: Environment): StorageClients {
  const place = { endpoint: environment.WASABI_ENDPOINT, region: environment.WASABI_REGION };
  return {
    uploader: createStorage({
      ...place,
      accessKeyId: environment.WASABI_STAGING_ACCESS_KEY,
      secretAccessKey: environment.WASABI_STAGING_SECRET,
    }),
    promoter: createStorage({
      ...place,
      accessKeyId: environment.WASABI_MASTERS_ACCESS_KEY,
      secretAccessKey: environment.WASABI_MASTERS_SECRET,
    }),
  };
}
