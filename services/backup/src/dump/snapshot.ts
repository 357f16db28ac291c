import type pg from "pg";

import { DumpError } from "./error.ts";
import { isLockTimeout } from "./sessions.ts";
import { tablesOf } from "./tables.ts";

/** A moment of the database that pg_dump can be told to read. */
export interface Snapshot {
  /** Its name for other sessions, as long as the transaction lives. */
  readonly id: string;
  /** The recovery point: everything that was committed before is in it. ISO 8601. */
  readonly takenAt: string;
}

/**
 * Locks the tables and takes a snapshot *afterwards*, in a transaction that stays open.
 *
 * pg_dump does it the other way round: it takes its snapshot, and then waits for whoever rewrites a table; what that one
 * wrote is too new for the snapshot, and the table is empty in a dump that ends well.
 *
 * @throws DumpError when a table came or went meanwhile, or when one stays locked for a minute.
 */
export async function takeSnapshot(
  client: pg.Client,
  tables: readonly string[],
): Promise<Snapshot> {
  await client.query("begin isolation level repeatable read, read only");
  if (tables.length > 0) await lock(client, tables);
  const { rows } = await client.query<{ id: string; now: Date }>(
    "select pg_export_snapshot() as id, clock_timestamp() as now",
  );
  // A question without a table has one row.
  const [row] = rows as [(typeof rows)[number]];
  const seen = await tablesOf(client);
  if (seen.join() !== tables.join())
    throw new DumpError("tables were made or dropped while the dump began; it is tried again");
  return { id: row.id, takenAt: row.now.toISOString() };
}

async function lock(client: pg.Client, tables: readonly string[]): Promise<void> {
  await client
    .query(`lock table ${tables.join(", ")} in access share mode`)
    .catch((cause: unknown) => {
      if (!isLockTimeout(cause)) throw cause;
      throw new DumpError("the tables could not be locked within a minute: somebody alters one", {
        cause,
      });
    });
}
