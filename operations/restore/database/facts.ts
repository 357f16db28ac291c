import type pg from "pg";

import { messageOf } from "@mam-infra/clients/message";

import type { Manifest } from "../../backups/manifest.ts";
import { RestoreRefused } from "../refused.ts";
import { heldLocks } from "./migration-locks.ts";
import { type Privileges, readPrivileges } from "./privileges.ts";
import { insufficientPrivilege } from "./refusals.ts";
import { sequencesBehind } from "./sequences.ts";

/** What is compared with the manifest. */
export type Facts = Pick<Manifest, "migration" | "newest"> &
  Required<Privileges> & {
    readonly rows: Readonly<Record<string, number>>;
    /** Sequences that would give out an id which a row has already. */
    readonly behind: readonly string[];
    /** Locks of migration tools that are held. */
    readonly locks: readonly string[];
  };

/** Reads what a restored database has, as its owner. @throws RestoreRefused where row security hides rows from the owner. */
export async function readFacts(client: pg.Client, { rows }: Manifest): Promise<Facts> {
  // A count that is not of all rows fails, and says so.
  await client.query("set row_security = off");
  const counted = await countRows(client, Object.keys(rows.dumped));
  return { rows: counted, ...(await readFactsBeside(client)) };
}

/** What a database has beside the rows of its tables. */
export async function readFactsBeside(client: pg.Client): Promise<Omit<Facts, "rows">> {
  return {
    migration: await newestMigration(client),
    newest: { assets: await newestRow(client, "assets"), jobs: await newestRow(client, "jobs") },
    ...(await readPrivileges(client)),
    behind: await sequencesBehind(client),
    locks: await heldLocks(client),
  };
}

/** Rows of tables; one that is not there has none, and says so by its absence. */
async function countRows(client: pg.Client, tables: readonly string[]) {
  const counts: [string, number][] = [];
  for (const table of tables) {
    const { rows: found } = await client.query<{ there: boolean }>(
      "select to_regclass($1) is not null as there",
      [table],
    );
    if (found[0]?.there !== true) continue;
    counts.push([table, await countTable(client, table)]);
  }
  return Object.fromEntries(counts);
}

async function countTable(client: pg.Client, table: string): Promise<number> {
  try {
    const { rows } = await client.query<{ count: string }>(
      `select count(*) as count from ${table}`,
    );
    return Number(rows[0]?.count);
  } catch (error) {
    if ((error as { code?: unknown }).code !== insufficientPrivilege) throw error;
    throw new RestoreRefused(
      `the rows of ${table} cannot be counted: ${messageOf(error)}\n  fix: take a server whose administrator may bypass row security: a superuser, or one that alter role … bypassrls was typed for`,
    );
  }
}

/** Whether a table of ours is there with such columns: an image of one's own may have another one of that name. */
async function hasColumns(
  client: pg.Client,
  table: string,
  types: Readonly<Record<string, string>>,
): Promise<boolean> {
  const { rows } = await client.query<{ name: string; type: string }>(
    `select attname as name, atttypid::regtype::text as type from pg_attribute
     where attrelid = to_regclass($1) and attnum > 0 and not attisdropped`,
    [`public.${table}`],
  );
  return Object.entries(types).every(([name, type]) =>
    rows.some((one) => one.name === name && (type === "any" || one.type === type)),
  );
}

/** Name of the newest migration. */
async function newestMigration(client: pg.Client): Promise<string | null> {
  if (!(await hasColumns(client, "migrations", { id: "any", name: "any" }))) return null;
  const { rows } = await client.query<{ name: string }>(
    "select name::text as name from public.migrations order by id desc limit 1",
  );
  return rows[0]?.name ?? null;
}

/** The newest row of a table. */
async function newestRow(client: pg.Client, table: "assets" | "jobs") {
  const columns = { id: "any", created_at: "timestamp with time zone" };
  if (!(await hasColumns(client, table, columns))) return null;
  const { rows } = await client.query<{ id: string; at: Date }>(
    `select id::text as id, created_at as at from public.${table}
     where isfinite(created_at) order by created_at desc, id limit 1`,
  );
  return rows[0] ? { id: rows[0].id, createdAt: rows[0].at.toISOString() } : null;
}
