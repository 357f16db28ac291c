import { createHash } from "node:crypto";
import { open } from "node:fs/promises";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

import { GetObjectCommand, type S3Client } from "@aws-sdk/client-s3";

import type { Manifest } from "../../backups/manifest.ts";
import type { StoredVersion } from "../../context/object-versions.ts";
import { RestoreRefused } from "../refused.ts";
import { another } from "./choice.ts";

/** Where an archive is fetched from and to. */
export interface Fetching {
  readonly storage: S3Client;
  readonly bucket: string;
  readonly archive: StoredVersion;
  readonly manifest: Manifest;
  /** Which dumps there are besides, in words. */
  readonly others: string;
  /** Path of the file that it becomes. */
  readonly file: string;
  readonly signal: AbortSignal;
}

/**
 * Fetches an archive, and holds it against its manifest.
 *
 * @throws RestoreRefused when it is empty, or is not what the dump wrote.
 */
export async function fetchArchive(fetching: Fetching): Promise<void> {
  const { storage, bucket, archive, manifest, others, file, signal } = fetching;
  if (archive.bytes === 0)
    throw new RestoreRefused(
      `the archive of the dump ${manifest.id} is empty: 0 bytes, its manifest says ${manifest.bytes}${another(others)}`,
    );
  const { Body } = await storage.send(
    new GetObjectCommand({ Bucket: bucket, Key: archive.key, VersionId: archive.version }),
    { abortSignal: signal },
  );
  const hash = createHash("sha256");
  const hashing = async function* (chunks: AsyncIterable<Buffer>) {
    for await (const chunk of chunks) {
      hash.update(chunk);
      yield chunk;
    }
  };
  // The stream closes it.
  const handle = await open(file, "wx", 0o600);
  await pipeline(Body as Readable, hashing, handle.createWriteStream(), { signal });
  const found = hash.digest("hex");
  if (found !== manifest.sha256)
    throw new RestoreRefused(
      `the archive of the dump ${manifest.id} is not what the dump wrote: its SHA-256 is ${found}, its manifest says ${manifest.sha256}${another(others)}`,
    );
}
