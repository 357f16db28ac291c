import { createHash } from "node:crypto";
import { statfs, open } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout } from "node:timers/promises";

import { GetObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { messageOf } from "@mam-infra/clients/message";

import type { Manifest } from "../../backups/manifest.ts";
import type { StoredVersion } from "../../context/object-versions.ts";
import { RestoreRefused } from "../refused.ts";
import { another } from "./choice.ts";
import { chunksOf } from "./silence.ts";

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
  /** Bytes that are free on the disk of a directory; default: as the system says. */
  readonly free?: (directory: string) => Promise<number>;
  /** Milliseconds without a byte after which a connection counts as broken off; default: a minute. */
  readonly longestSilence?: number;
  /** Milliseconds between two attempts; default: five seconds. */
  readonly pause?: number;
}

/** Attempts in a row that bring not one byte. */
const attempts = 5;

/**
 * Fetches an archive, and holds it against its manifest. A connection that breaks off is gone on with where it was.
 *
 * @throws RestoreRefused when it is empty, is not what the dump wrote, or has no room here.
 */
export async function fetchArchive(fetching: Fetching): Promise<void> {
  refuseOtherSize(fetching);
  await refuseFullDisk(fetching);
  const { manifest, others, file } = fetching;
  const hash = createHash("sha256");
  const handle = await open(file, "wx", 0o600);
  try {
    for await (const chunk of wholeOf(fetching)) {
      hash.update(chunk);
      await handle.writeFile(chunk);
    }
  } finally {
    await handle.close();
  }
  const found = hash.digest("hex");
  if (found !== manifest.sha256)
    throw new RestoreRefused(
      `the archive of the dump ${manifest.id} is not what the dump wrote: its SHA-256 is ${found}, its manifest says ${manifest.sha256}${another(others)}`,
    );
}

/** Every byte of an archive, however often the connection breaks off. */
async function* wholeOf(fetching: Fetching): AsyncGenerator<Buffer> {
  for (let [at, failures] = [0, 0]; at < fetching.archive.bytes;) {
    const from = at;
    try {
      for await (const chunk of read(fetching, from)) {
        at += chunk.length;
        yield chunk;
      }
    } catch (error) {
      failures = at > from ? 1 : failures + 1;
      await retried(fetching, error, failures);
    }
  }
}

function refuseOtherSize({ archive: { bytes }, manifest, others }: Fetching): void {
  if (bytes === 0)
    throw new RestoreRefused(
      `the archive of the dump ${manifest.id} is empty: 0 bytes, its manifest says ${manifest.bytes}${another(others)}`,
    );
  if (bytes !== manifest.bytes)
    throw new RestoreRefused(
      `the archive of the dump ${manifest.id} is not what the dump wrote: it has ${bytes} bytes, its manifest says ${manifest.bytes}${another(others)}`,
    );
}

async function refuseFullDisk({ archive, file, free = freeBytes }: Fetching): Promise<void> {
  const directory = dirname(file);
  const there = await free(directory);
  if (there >= archive.bytes) return;
  throw new RestoreRefused(
    `the archive has ${archive.bytes} bytes, and the disk of ${directory} has ${there} left.\n  fix: free space there (df ${directory}), or name a directory on another disk in MAM_DIRECTORY`,
  );
}

async function freeBytes(directory: string): Promise<number> {
  const { bavail, bsize } = await statfs(directory);
  return bavail * bsize;
}

/** The bytes of an archive from a position on. */
async function* read(
  { storage, bucket, archive, signal, longestSilence = 60_000 }: Fetching,
  from: number,
): AsyncGenerator<Buffer> {
  const { Body } = await storage.send(
    new GetObjectCommand({
      ...{ Bucket: bucket, Key: archive.key, VersionId: archive.version },
      ...(from === 0 ? {} : { Range: `bytes=${from}-` }),
    }),
    { abortSignal: signal },
  );
  yield* chunksOf(Body, { signal, longestSilence });
}

/** Waits before another attempt. @throws what storage answered, or the failure of the last attempt. */
async function retried(
  { signal, archive, pause = 5000 }: Fetching,
  error: unknown,
  failures: number,
): Promise<void> {
  signal.throwIfAborted();
  const isAnswer = error instanceof Error && "$metadata" in error;
  if (isAnswer) throw error;
  if (failures >= attempts)
    throw new Error(
      `${archive.key} broke off ${attempts} times in a row: ${messageOf(error)}\n  fix: the same line again, when the network is better`,
      { cause: error },
    );
  await setTimeout(pause, undefined, { signal });
}
