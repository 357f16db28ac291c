import { S3Client } from "@aws-sdk/client-s3";

/** Where media is, and the key of one role. */
export interface StorageAccess {
  readonly endpoint: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Seconds without a byte after which a request counts as broken off; default none, as streams that wait have them. */
  readonly silenceSeconds?: number;
  /** How often a request is tried before it fails; default 3, the SDK's own. */
  readonly attempts?: number;
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
  silenceSeconds,
  attempts,
}: StorageAccess): S3Client {
  return new S3Client({
    endpoint,
    region,
    credentials: { accessKeyId, secretAccessKey },
    forcePathStyle: true,
    ...(attempts !== undefined && { maxAttempts: attempts }),
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
    ...(silenceSeconds !== undefined && {
      requestHandler: { connectionTimeout: 5000, socketTimeout: silenceSeconds * 1000 },
    }),
  });
}
