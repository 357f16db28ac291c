import { PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import type { Logger } from "pino";

import type { Card } from "./card/card.ts";

/** Milliseconds between two reports of a machine: `mam` takes three that do not come for a worker that does not run. */
const every = 60_000;

/** What a machine says of itself, and where. */
export interface Status {
  readonly storage: S3Client;
  readonly bucket: string;
  readonly key: string;
  /** Digest of the image that runs. */
  readonly digest: string;
  /** What the machine was made from, as it was told. */
  readonly settings: string;
  readonly card: Card;
  readonly logger: Logger;
}

/**
 * Says in storage what runs here, now and once a minute: nobody can connect to the machine and ask. A report that cannot be
 * written is logged, and the worker goes on.
 *
 * @returns ends it.
 */
export function tellStatus(status: Status): () => void {
  const tell = () => {
    write(status).catch((error: unknown) => {
      status.logger.warn({ err: error }, "status not written");
    });
  };
  tell();
  const timer = setInterval(tell, every);
  return () => {
    clearInterval(timer);
  };
}

async function write({ storage, bucket, key, digest, settings, card }: Status): Promise<void> {
  const { encoder, reason, fellBack } = card;
  const Body = JSON.stringify({
    version: 1,
    at: new Date().toISOString(),
    digest,
    settings,
    encoder,
    fellBack,
    ...(reason === undefined ? {} : { reason }),
  });
  const object = { Bucket: bucket, Key: key, Body, ContentType: "application/json" };
  await storage.send(new PutObjectCommand(object));
}
