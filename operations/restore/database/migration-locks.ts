import type pg from "pg";

/**
 * Where tools for migrations say that one runs, or that one failed half-way: knex, Liquibase, golang-migrate. A copy of such a
 * row refuses every migration, although nobody holds it any more.
 */
const lockColumns: readonly (readonly [table: string, column: string])[] = [
  ["%migrations\\_lock", "is_locked"],
  ["databasechangeloglock", "locked"],
  ["schema\\_migrations", "dirty"],
];

const columnsQuery = `
  select format('%I.%I', n.nspname, c.relname) as table, quote_ident(a.attname) as column
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    join unnest($1::text[], $2::text[]) k (relation, attribute)
      on c.relname like k.relation and a.attname = k.attribute
    where c.relkind in ('r', 'p') and n.nspname !~ '^pg_'
    order by 1`;

/** Locks of migration tools that are held, by table and column. */
export async function heldLocks(client: pg.Client): Promise<string[]> {
  const relations = lockColumns.map(([table]) => table);
  const attributes = lockColumns.map(([, column]) => column);
  const { rows } = await client.query<{ table: string; column: string }>(columnsQuery, [
    relations,
    attributes,
  ]);
  const held: string[] = [];
  for (const { table, column } of rows) {
    const { rows: found } = await client.query<{ held: boolean }>(
      `select exists (select 1 from ${table} where ${column}::text in ('1', 'true')) as held`,
    );
    if (found[0]?.held === true) held.push(`${table}.${column}`);
  }
  return held;
}
