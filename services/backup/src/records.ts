import type pg from "pg";

import type { Manifest } from "./storage/manifest.ts";

/** Its columns, each written for every dump. */
const columns = ["id", "object", "taken_at", "finished_at", "bytes", "sha256"];

/**
 * Whether the database has the table by which the API knows how old the newest dump is: images of one's own may have none, or
 * one of that name that is something else.
 */
async function hasTable(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ has: boolean }>(
    `select count(*) = cardinality($1::name[]) as has from pg_attribute
     where attrelid = to_regclass('public.backups') and attname = any($1::name[]) and not attisdropped`,
    [columns],
  );
  return rows[0]?.has === true;
}

/** When the newest dump that was finished was taken; undefined when none is known. */
export async function newestTaken(client: pg.Client): Promise<Date | undefined> {
  if (!(await hasTable(client))) return undefined;
  const { rows } = await client.query<{ at: Date | null }>(
    "select max(taken_at) as at from public.backups",
  );
  return rows[0]?.at ?? undefined;
}

/** Writes down that a dump is there: what the API's service levels look at. */
export async function record(
  client: pg.Client,
  { id, object, takenAt, finishedAt, bytes, sha256 }: Manifest,
): Promise<void> {
  if (!(await hasTable(client))) return;
  await client.query(
    `insert into public.backups (${columns.join(", ")})
     values ($1, $2, $3, $4, $5, $6)`,
    [id, object, takenAt, finishedAt, bytes, sha256],
  );
}
