import type { S3Client } from "@aws-sdk/client-s3";
import { S3RequestPresigner } from "@aws-sdk/s3-request-presigner";

import type { PartsPlace } from "../storage.ts";

/** A part that somebody shall upload. */
export interface PartToSign extends PartsPlace {
  readonly number: number;
  /** Its exact length. */
  readonly bytes: number;
}

/** Makes the address of a part, to which a browser PUTs its bytes. */
export type PartSigner = (part: PartToSign) => Promise<string>;

/**
 * Signs addresses of parts with the key of a client, each for exactly its own length: storage refuses a body of any
 * other. Signed as a bare request and not as a command of the SDK: the hundred addresses of a batch take 26 ms of CPU
 * instead of 160, in which the instance would answer nobody else (measured with 3.1175.0 and 3.1169.0).
 *
 * @param expiresIn seconds within which the upload of a part has to start.
 */
export function createPartSigner({ config }: S3Client, expiresIn: number): PartSigner {
  const presigner = new S3RequestPresigner({
    credentials: config.credentials,
    region: config.region,
    sha256: config.sha256,
  });
  return async ({ bucket, key, storageId, number, bytes }) => {
    const { protocol, hostname, port } = (await config.endpoint?.()) ?? {
      protocol: "",
      hostname: "",
    };
    const host = port === undefined ? hostname : `${hostname}:${port}`;
    // Keys are ids and safe file names: there is nothing to encode.
    const path = `/${bucket}/${key}`;
    const { query = {} } = await presigner.presign(
      {
        method: "PUT",
        protocol,
        hostname,
        ...(port !== undefined && { port }),
        path,
        query: { partNumber: String(number), uploadId: storageId },
        headers: { host, "content-length": String(bytes) },
      },
      { expiresIn },
    );
    return `${protocol}//${host}${path}?${new URLSearchParams(query as Record<string, string>)}`;
  };
}
