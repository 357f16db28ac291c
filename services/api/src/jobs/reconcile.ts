import type { Pool } from "pg";

import type { Queryable } from "../database/pool.ts";
import type { PreviewStream } from "./outbox.ts";

/**
 * Silence after which a job is looked for in the stream, in seconds. A worker at work reports every two seconds, and
 * one that died is noticed by the others after a minute.
 */
export const silenceSeconds = 60;

interface SilentJob {
  readonly id: string;
  readonly entry: string | null;
}

/**
 * Looks for the stream's entry of each job that nothing was heard of. While it is there, unread or with a worker that
 * may have died, the workers see to it. Where it is not, Valkey has lost it, and the job waits to be sent again: a
 * worker acknowledges and deletes an entry only after we have taken its last report.
 *
 * @returns how many jobs were lost.
 * @throws what Valkey says when it is away: then nothing is known to be lost.
 */
export async function reconcile(database: Pool, stream: PreviewStream): Promise<number> {
  let lost = 0;
  for (let job = await takeSilent(database); job; job = await takeSilent(database)) {
    if (await hasEntry(stream, job.entry)) continue;
    lost += await markWaiting(database, job);
  }
  return lost;
}

async function takeSilent(database: Queryable): Promise<SilentJob | undefined> {
  const { rows } = await database.query<SilentJob>(
    `update jobs set due_at = now() + make_interval(secs => $1)
     where id = (
       select id from jobs where state in ('queued', 'running') and due_at <= now()
       order by due_at limit 1 for update skip locked)
     returning id, entry`,
    [silenceSeconds],
  );
  return rows[0];
}

async function hasEntry({ valkey, name }: PreviewStream, entry: string | null): Promise<boolean> {
  if (entry === null) return false;
  return (await valkey.xrange(name, entry, entry)).length > 0;
}

/** Only when it is still the entry that was looked for: another instance may have sent it anew. */
async function markWaiting(database: Queryable, { id, entry }: SilentJob): Promise<number> {
  const { rowCount } = await database.query(
    `update jobs set state = 'waiting', entry = null, due_at = now()
     where id = $1 and state in ('queued', 'running') and entry is not distinct from $2`,
    [id, entry],
  );
  return rowCount ?? 0;
}
