import pg from "pg";

import type { Manifest } from "../../backups/manifest.ts";

/** What is compared with the manifest. */
export type Facts = Pick<Manifest, "migration" | "newest" | "privileges"> & {
  readonly rows: Readonly<Record<string, number>>;
  /** Sequences that would give out an id which a row has already. */
  readonly behind: readonly string[];
};

/**
 * Privileges in words that compare; the backup writes the same into its manifest (services/backup). Rights of PostgreSQL's own
 * schemas and those of owners are left out: both differ between servers.
 */
export const privilegesQuery = `
  select line from (
    select format('schema %I: %s to %s', n.nspname, a.privilege_type, coalesce(r.rolname, 'public')) as line
      from pg_namespace n cross join aclexplode(n.nspacl) a left join pg_roles r on r.oid = a.grantee
      where n.nspname !~ '^pg_' and n.nspname <> 'information_schema' and a.grantee <> n.nspowner
    union all
    select format('%I.%I: %s to %s', n.nspname, c.relname, a.privilege_type, coalesce(r.rolname, 'public'))
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      cross join aclexplode(c.relacl) a left join pg_roles r on r.oid = a.grantee
      where n.nspname !~ '^pg_' and n.nspname <> 'information_schema' and a.grantee <> c.relowner
        and not exists (select 1 from pg_depend d
          where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
    union all
    select format('default of %s: %s to %s', d.defaclobjtype, a.privilege_type, coalesce(r.rolname, 'public'))
      from pg_default_acl d cross join aclexplode(d.defaclacl) a left join pg_roles r on r.oid = a.grantee
      where a.grantee <> d.defaclrole
  ) lines order by 1`;

/** Every sequence that numbers a column, with that column. */
const sequencesQuery = `
  select format('%I.%I', sn.nspname, s.relname) as sequence, format('%I.%I', tn.nspname, t.relname) as table,
      quote_ident(a.attname) as column
    from pg_depend d
    join pg_class s on s.oid = d.objid and s.relkind = 'S' join pg_namespace sn on sn.oid = s.relnamespace
    join pg_class t on t.oid = d.refobjid join pg_namespace tn on tn.oid = t.relnamespace
    join pg_attribute a on a.attrelid = t.oid and a.attnum = d.refobjsubid
    where d.classid = 'pg_class'::regclass and d.refclassid = 'pg_class'::regclass and d.deptype in ('a', 'i')
    order by 1`;

/** Reads what a restored database has, as its owner. */
export async function readFacts(client: pg.Client, { rows }: Manifest): Promise<Facts> {
  const tables = Object.keys(rows.dumped);
  const has = (table: string) => tables.includes(`"public"."${table}"`);
  return { rows: await countRows(client, tables), ...(await readFactsBeside(client, has)) };
}

/** What a database has beside the rows of its tables. @param has whether it has a table of ours. */
export async function readFactsBeside(
  client: pg.Client,
  has: (table: string) => boolean,
): Promise<Omit<Facts, "rows">> {
  const { rows: privileges } = await client.query<{ line: string }>(privilegesQuery);
  return {
    migration: has("migrations") ? await newestMigration(client) : null,
    newest: {
      assets: has("assets") ? await newestRow(client, "assets") : null,
      jobs: has("jobs") ? await newestRow(client, "jobs") : null,
    },
    privileges: privileges.map(({ line }) => line),
    behind: await sequencesBehind(client),
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
    const { rows } = await client.query<{ count: string }>(
      `select count(*) as count from ${table}`,
    );
    counts.push([table, Number(rows[0]?.count)]);
  }
  return Object.fromEntries(counts);
}

/** Name of the newest migration. */
async function newestMigration(client: pg.Client): Promise<string | null> {
  const { rows } = await client.query<{ name: string }>(
    "select name from public.migrations order by id desc limit 1",
  );
  return rows[0]?.name ?? null;
}

/** The newest row of a table. */
async function newestRow(client: pg.Client, table: "assets" | "jobs") {
  const { rows } = await client.query<{ id: string; at: Date }>(
    `select id::text as id, created_at as at from public.${table} order by created_at desc, id limit 1`,
  );
  return rows[0] ? { id: rows[0].id, createdAt: rows[0].at.toISOString() } : null;
}

/** Sequences that would give out an id which a row has already. */
export async function sequencesBehind(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ sequence: string; table: string; column: string }>(
    sequencesQuery,
  );
  const behind: string[] = [];
  for (const { sequence, table, column } of rows) {
    const { rows: found } = await client.query<{ behind: boolean }>(
      `select coalesce((select max(${column}) from ${table}) >=
         (select case when is_called then last_value + 1 else last_value end from ${sequence}), false) as behind`,
    );
    if (found[0]?.behind === true) behind.push(`${sequence} for ${table}.${column}`);
  }
  return behind;
}
