import type pg from "pg";

import { type Facts, readFactsBeside } from "../database/facts.ts";
import { interruptible } from "../database/interruptible.ts";
import type { RestoreTarget } from "../database/target.ts";

/** A table as it was counted. */
export interface ObservedTable {
  /** Quoted, as SQL takes it. */
  readonly name: string;
  readonly rows: number;
  /** When its newest row was made; undefined for a table whose rows do not say it, or that has none. */
  readonly newest: Date | undefined;
  /** Whether its rows say when they were made. */
  readonly isDated: boolean;
}

/** What a database has, as its owner sees it. */
export interface ObservedDatabase extends Omit<Facts, "rows"> {
  readonly tables: readonly ObservedTable[];
  /** Rows that were made until a moment, by table; of tables whose rows say it. */
  readonly older: Readonly<Record<string, number>>;
}

const tablesQuery = `
  select format('%I.%I', n.nspname, c.relname) as name,
      exists (select 1 from pg_attribute a where a.attrelid = c.oid and a.attname = 'created_at'
        and not a.attisdropped and a.atttypid = 'timestamptz'::regtype) as dated
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and not c.relispartition
      and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
      and not exists (select 1 from pg_depend d
        where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
    order by 1`;

/**
 * Reads what a database has, in one snapshot, and fails where row security would hide rows.
 *
 * @param signal ends it, also on the server.
 * @param until moment until which rows are counted apart.
 */
export async function observeDatabase(
  { connect, owner }: Pick<RestoreTarget, "connect" | "owner">,
  signal: AbortSignal,
  until?: Date,
): Promise<ObservedDatabase> {
  return interruptible({ connect: () => connect(owner), signal }, async (client) => {
    await client.query("begin isolation level repeatable read read only");
    await client.query("set local row_security = off");
    const { rows } = await client.query<{ name: string; dated: boolean }>(tablesQuery);
    const tables: ObservedTable[] = [];
    for (const { name, dated } of rows) tables.push(await observeTable(client, name, dated));
    return {
      tables,
      ...(await readFactsBeside(client)),
      older: until === undefined ? {} : await countUntil(client, tables, until),
    };
  });
}

async function observeTable(client: pg.Client, name: string, isDated: boolean) {
  const newest = isDated ? "max(created_at)" : "null::timestamptz";
  const { rows } = await client.query<{ count: string; newest: Date | null }>(
    `select count(*) as count, ${newest} as newest from ${name}`,
  );
  const [found] = rows;
  return { name, isDated, rows: Number(found?.count), newest: found?.newest ?? undefined };
}

async function countUntil(client: pg.Client, tables: readonly ObservedTable[], until: Date) {
  const counts: [string, number][] = [];
  for (const { name } of tables.filter(({ isDated }) => isDated)) {
    const { rows } = await client.query<{ count: string }>(
      `select count(*) as count from ${name} where created_at <= $1`,
      [until],
    );
    counts.push([name, Number(rows[0]?.count)]);
  }
  return Object.fromEntries(counts);
}
