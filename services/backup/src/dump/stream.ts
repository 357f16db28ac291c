import { createHash } from "node:crypto";
import { once } from "node:events";
import type { Writable } from "node:stream";

import type { StreamedUpload } from "../storage/upload.ts";
import type { Clients } from "./clients.ts";
import { type Program, startProgram } from "./program.ts";

/** What pg_dump is run with. */
export interface StreamOptions {
  readonly clients: Clients;
  /** Environment of PostgreSQL's programs. */
  readonly environment: Readonly<Record<string, string>>;
  readonly snapshot: string;
  readonly upload: StreamedUpload;
  readonly signal: AbortSignal;
}

/** What was written. */
export interface Streamed {
  readonly bytes: number;
  /** SHA-256 in hex. */
  readonly sha256: string;
}

/**
 * Runs pg_dump and sends what it writes both to storage and to pg_restore, which reads the archive to its end: its list alone
 * reads well in archives that are cut. A stream ends the same way when pg_dump fails, so that only exit codes count, and
 * nothing is completed here.
 *
 * @throws DumpError when one of the two fails; the signal's reason when it is aborted.
 */
export async function streamDump(options: StreamOptions): Promise<Streamed> {
  const { clients, environment, snapshot, signal } = options;
  const dump = startProgram(
    "pg_dump",
    [clients.dump, "--format=custom", "--no-password", `--snapshot=${snapshot}`],
    environment,
  );
  const check = startProgram("pg_restore", [clients.restore, "--file=/dev/null"], {});
  const programs = [dump, check];
  const stop = () => void Promise.all(programs.map((program) => program.end()));
  signal.addEventListener("abort", stop);
  try {
    signal.throwIfAborted();
    return await copy(options, dump, check);
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    signal.removeEventListener("abort", stop);
    await Promise.all(programs.map((program) => program.end()));
  }
}

async function copy({ upload }: StreamOptions, dump: Program, check: Program): Promise<Streamed> {
  const hash = createHash("sha256");
  let bytes = 0;
  for await (const chunk of dump.child.stdout as AsyncIterable<Buffer>) {
    hash.update(chunk);
    bytes += chunk.length;
    await Promise.all([upload.write(chunk), feed(check.child.stdin, chunk)]);
  }
  check.child.stdin?.end();
  await dump.succeeded();
  await check.succeeded();
  return { bytes, sha256: hash.digest("hex") };
}

/** Writes, and waits while the reader is behind. A reader that has ended is not waited for: its exit code says why. */
async function feed(stream: Writable | null, chunk: Buffer): Promise<void> {
  if (!stream || stream.destroyed || stream.write(chunk)) return;
  const over = new AbortController();
  const { signal } = over;
  await Promise.race([once(stream, "drain", { signal }), once(stream, "close", { signal })]).catch(
    () => undefined,
  );
  over.abort();
}
