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

/** Storage answers the calls of an upload within seconds, unless it does not answer at all. */
const uploaderSilence = 20;

/** A copied part is half a gigabyte, and storage may say nothing until it is done. */
const promoterSilence = 300;

/** Makes both clients. */
export function storageClients(environment: Environment): StorageClients {
  const place = { endpoint: environment.WASABI_ENDPOINT, region: environment.WASABI_REGION };
  return {
    uploader: createStorage({
      ...place,
      accessKeyId: environment.WASABI_STAGING_ACCESS_KEY,
      secretAccessKey: environment.WASABI_STAGING_SECRET,
      silenceSeconds: uploaderSilence,
    }),
    promoter: createStorage({
      ...place,
      accessKeyId: environment.WASABI_MASTERS_ACCESS_KEY,
      secretAccessKey: environment.WASABI_MASTERS_SECRET,
      silenceSeconds: promoterSilence,
    }),
  };
}
