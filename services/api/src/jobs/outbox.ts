import type { Redis } from "iovalkey";
import type { Pool } from "pg";

import type { Queryable } from "../database/pool.ts";
import { newJobToken } from "./tokens.ts";

/** Where jobs go. */
export interface PreviewStream {
  /** A client of its own: a command that waits must not hold up anything else. */
  readonly valkey: Redis;
  readonly name: string;
  readonly mastersBucket: string;
  readonly previewsBucket: string;
}

/** Seconds after which a job that could not be sent, or whose sending was cut off, is sent again. */
const retrySeconds = 10;

/** Tokens of a job that count: one for each time that it was sent; older entries are long gone. */
const keptTokens = 8;

interface WaitingJob {
  readonly id: string;
  readonly assetId: string;
  readonly key: string;
}

/**
 * Sends waiting jobs to the stream. The hash of the token is kept before the entry is added: a worker may report before
 * we know that it was added. When it is not known whether it was, it is added again: two entries of one id are one job.
 *
 * @throws what Valkey says when it is away; the jobs stay in the table.
 */
export async function sendWaiting(database: Pool, stream: PreviewStream): Promise<void> {
  for (let job = await takeWaiting(database); job; job = await takeWaiting(database)) {
    const { token, hash } = newJobToken();
    await keepToken(database, job.id, hash);
    const entry = await stream.valkey.xadd(stream.name, "*", "job", message(stream, job, token));
    await markQueued(database, job.id, entry);
  }
}

async function takeWaiting(database: Queryable): Promise<WaitingJob | undefined> {
  const { rows } = await database.query<WaitingJob>(
    `update jobs j set due_at = now() + make_interval(secs => $1)
     from uploads u
     where u.id = j.asset_id and j.id = (
       select id from jobs where state = 'waiting' and due_at <= now()
       order by due_at limit 1 for update skip locked)
     returning j.id, j.asset_id as "assetId", u.object_key as "key"`,
    [retrySeconds],
  );
  return rows[0];
}

async function keepToken(database: Queryable, id: string, hash: Buffer): Promise<void> {
  await database.query(
    `update jobs set token_hashes = (array_prepend($2::bytea, token_hashes))[1:${keptTokens}] where id = $1`,
    [id, hash],
  );
}

async function markQueued(database: Queryable, id: string, entry: string | null): Promise<void> {
  // A worker that was faster has moved it on: then only the entry is noted.
  await database.query(
    `update jobs set entry = $2, due_at = now() + interval '1 minute',
       state = case when state = 'waiting' then 'queued' else state end
     where id = $1`,
    [id, entry],
  );
}

function message(
  { mastersBucket, previewsBucket }: PreviewStream,
  { id, assetId, key }: WaitingJob,
  token: string,
): string {
  return JSON.stringify({
    version: 1,
    id,
    asset: assetId,
    master: { bucket: mastersBucket, key },
    preview: { bucket: previewsBucket, prefix: `${assetId}/` },
    report: `/api/internal/previews/${id}`,
    token,
    enqueuedAt: new Date().toISOString(),
  });
}
