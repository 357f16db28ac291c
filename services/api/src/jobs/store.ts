import type { Pool } from "pg";

import { changeAsset } from "../assets/store.ts";
import { type Queryable, inTransaction } from "../database/pool.ts";
import type { PageRequest } from "../http/pages.ts";

/**
 * What became of a job: `waiting` (not in the stream yet), `queued` (in the stream), `running`, and at its end `done`,
 * `refused` or `failed`.
 */
export type JobState = "waiting" | "queued" | "running" | "done" | "refused" | "failed";

/** A job as lists show it. */
export interface Job {
  readonly id: string;
  readonly position: number;
  readonly assetId: string;
  readonly fileName: string;
  readonly state: JobState;
  readonly attempts: number;
  readonly reason: string | null;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
}

/** Adds a job, unless the asset has one that is not over. */
export async function addJob(database: Queryable, assetId: string): Promise<void> {
  await database.query(
    `insert into jobs (asset_id) values ($1)
     on conflict (asset_id) where state in ('waiting', 'queued', 'running') do nothing`,
    [assetId],
  );
}

/**
 * Asks for a preview once more. While a job of the asset is not over nothing happens.
 *
 * @returns false when the asset has no master yet.
 */
export async function requestPreview(database: Pool, assetId: string): Promise<boolean> {
  return inTransaction(database, async (connection) => {
    const { rowCount } = await connection.query(
      "select 1 from assets where id = $1 and promoted_at is not null for update",
      [assetId],
    );
    if (rowCount === 0) return false;
    const { rowCount: live } = await connection.query(
      "select 1 from jobs where asset_id = $1 and state in ('waiting', 'queued', 'running')",
      [assetId],
    );
    if (live !== 0) return true;
    await addJob(connection, assetId);
    await changeAsset(connection, assetId, { status: "promoted", reason: null, progress: null });
    return true;
  });
}

/** The newest jobs before a position, one more than the page has. */
export async function listJobs(
  database: Queryable,
  { limit, before }: PageRequest,
): Promise<readonly Job[]> {
  const { rows } = await database.query<Job>(
    `select j.id, j.position, j.asset_id as "assetId", u.file_name as "fileName", j.state, j.attempts, j.reason,
       j.created_at as "createdAt", j.finished_at as "finishedAt"
     from jobs j join uploads u on u.id = j.asset_id
     where j.position < $1 order by j.position desc limit $2`,
    [before, limit + 1],
  );
  return rows;
}
