import { S3Client } from "@aws-sdk/client-s3";

/** Where media is, and the key of one role. */
export interface StorageAccess {
  readonly endpoint: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/**
 * Makes a client of Wasabi's S3. Checksums only when required: the SDK's default signs the checksum of an empty body
 * into presigned addresses, and Wasabi refuses the upload.
 */
export function createStorage({
  endpoint,
  region,
  accessKeyId,
  secretAccessKey,
}: StorageAccess): S3Client {
  return new S3Client({
    endpoint,
    region,
    credentials: { accessKeyId, secretAccessKey },
    forcePathStyle: true,
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
  });
}
