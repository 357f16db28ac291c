import { createHmac, createSecretKey, hash, type KeyObject } from "node:crypto";

import type { S3Client } from "@aws-sdk/client-s3";

import type { PartsPlace } from "../storage.ts";

/** A part that somebody shall upload. */
export interface PartToSign extends PartsPlace {
  readonly number: number;
  /** Its exact length. */
  readonly bytes: number;
}

/** Makes the address of a part, to which a browser PUTs its bytes. */
export type PartSigner = (part: PartToSign) => Promise<string>;

const algorithm = "AWS4-HMAC-SHA256";

/**
 * Signs addresses of parts with the key of a client (Signature Version 4 in the query), each for exactly its own length:
 * storage refuses a body of any other. By ourselves, since every other part of the request is known: the hundred addresses
 * of a batch are 1 ms, in which the instance answers nobody else, instead of 4 by aws4 1.13.2 and 26 by the SDK's
 * presigner 3.1169.0 (`npm run bench:platform -- api`). A test holds that aws4 makes the same address.
 *
 * @param expiresIn seconds within which the upload of a part has to start.
 */
export function createPartSigner({ config }: S3Client, expiresIn: number): PartSigner {
  let setting: ReturnType<typeof readSetting> | undefined;
  let key: DayKey | undefined;
  return async ({ bucket, key: name, storageId, number, bytes }) => {
    const { base, host, region, credentials } = await (setting ??= readSetting(config));
    const time = new Date().toISOString().replace(/[-:]|\.\d+/g, "");
    const day = time.slice(0, 8);
    if (key?.day !== day) key = dayKey(day, region, credentials);
    // In the order of their names, as everything that is signed.
    const headers = { "content-length": String(bytes), host };
    const signed = Object.keys(headers).join(";");
    const query =
      `X-Amz-Algorithm=${algorithm}` +
      `&X-Amz-Credential=${key.credential}` +
      `&X-Amz-Date=${time}&X-Amz-Expires=${expiresIn}&X-Amz-SignedHeaders=${encode(signed)}` +
      `&partNumber=${number}&uploadId=${encode(storageId)}`;
    // Keys are ids and safe file names: there is nothing to encode.
    const path = `/${bucket}/${name}`;
    const lines = Object.entries(headers).map(([header, value]) => `${header}:${value}\n`);
    const request = `PUT\n${path}\n${query}\n${lines.join("")}\n${signed}\nUNSIGNED-PAYLOAD`;
    const text = `${algorithm}\n${time}\n${key.scope}\n${hash("sha256", request)}`;
    const signature = createHmac("sha256", key.secret).update(text).digest("hex");
    return `${base}${path}?${query}&X-Amz-Signature=${signature}`;
  };
}

/** What a day's addresses are signed with. */
interface DayKey {
  /** In UTC, `20261129`. */
  readonly day: string;
  readonly scope: string;
  /** As it stands in an address. */
  readonly credential: string;
  readonly secret: KeyObject;
}

/** Whose key signs. */
interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

function dayKey(day: string, region: string, credentials: Credentials): DayKey {
  const steps = [day, region, "s3", "aws4_request"];
  const secret = steps.reduce<Buffer>(
    (key, step) => createHmac("sha256", key).update(step).digest(),
    Buffer.from(`AWS4${credentials.secretAccessKey}`),
  );
  const scope = steps.join("/");
  const credential = encode(`${credentials.accessKeyId}/${scope}`);
  return { day, scope, credential, secret: createSecretKey(secret) };
}

/** As Signature Version 4 encodes: everything but letters, digits and `-._~`. */
const encode = (text: string) =>
  encodeURIComponent(text).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );

/** What the client is set to. Its key is one of the environment, and stays. */
async function readSetting(config: S3Client["config"]) {
  const [credentials, region, endpoint] = await Promise.all([
    config.credentials(),
    config.region(),
    config.endpoint?.(),
  ]);
  if (!endpoint) throw new Error("the client of storage has no endpoint");
  const { protocol, hostname, port } = endpoint;
  const host = port === undefined ? hostname : `${hostname}:${port}`;
  return { base: `${protocol}//${host}`, host, region, credentials };
}
