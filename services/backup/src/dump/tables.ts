import pg from "pg";

/** A client or a transaction. */
type Queryable = Pick<pg.Client, "query">;

const name = (schema: string, table: string) =>
  `${pg.escapeIdentifier(schema)}.${pg.escapeIdentifier(table)}`;

/** Rows by table; tables by their quoted names, such as `"public"."assets"`. */
export type Rows = Readonly<Record<string, number>>;

/** Every table that a dump holds rows of, sorted: not those of PostgreSQL itself, of extensions, or of this session. */
export async function tablesOf(client: Queryable): Promise<readonly string[]> {
  const { rows } = await client.query<{ schema: string; table: string }>(
    `select n.nspname as schema, c.relname as table
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p') and c.relpersistence <> 't'
       and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
       and not exists (select 1 from pg_depend d
         where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
     order by 1, 2`,
  );
  return rows.map(({ schema, table }) => name(schema, table));
}

/** Counts the rows of tables, as the session sees them. */
export async function countRows(client: Queryable, tables: readonly string[]): Promise<Rows> {
  const counts: [string, number][] = [];
  for (const table of tables) {
    const { rows } = await client.query<{ count: number }>(
      `select count(*) as count from ${table}`,
    );
    counts.push([table, Number(rows[0]?.count)]);
  }
  return Object.fromEntries(counts);
}

/**
 * The tables that a dump has no rows of although they had some right before it: a dump that began while they were rewritten
 * ends well and has them empty.
 */
export const emptied = (before: Rows, dumped: Rows): readonly string[] =>
  Object.keys(before).filter((table) => (before[table] ?? 0) > 0 && (dumped[table] ?? 0) === 0);
