import type pg from "pg";

/** What a restored database is compared with, as the dump's snapshot has it. */
export interface Facts {
  /** Name of the newest migration; null without the migration tool's table. */
  readonly migration: string | null;
  /** Newest row of the tables by which a person tells how old the data is; null where there is none. */
  readonly newest: { readonly assets: NewestRow | null; readonly jobs: NewestRow | null };
  /** Who may do what, one line each; an archive brings grants and takes none back. */
  readonly privileges: readonly string[];
  /** Settings of roles and of the database, which no archive holds. */
  readonly settings: readonly string[];
}

/** A row by its id and time. */
export interface NewestRow {
  readonly id: string;
  readonly createdAt: string;
}

/**
 * Privileges of schemas, tables, sequences and defaults in words that compare. Rights of PostgreSQL's own schemas are left
 * out, and so is the owner's name of a default: both differ between clusters.
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

const settingsQuery = `
  select format('%s%s: %s', coalesce(r.rolname, 'all roles'),
      case when s.setdatabase = 0 then '' else ' in this database' end, unnest(s.setconfig)) as line
    from pg_db_role_setting s left join pg_roles r on r.oid = s.setrole
    where s.setdatabase in (0, (select oid from pg_database where datname = current_database()))
    order by 1`;

/** Reads them in the transaction of the snapshot. */
export async function readFacts(client: pg.Client, tables: readonly string[]): Promise<Facts> {
  const has = (table: string) => tables.includes(`"public"."${table}"`);
  const lines = async (query: string) => {
    const { rows } = await client.query<{ line: string }>(query);
    return rows.map(({ line }) => line);
  };
  return {
    migration: has("migrations") ? await newestMigration(client) : null,
    newest: {
      assets: has("assets") ? await newestRow(client, "assets") : null,
      jobs: has("jobs") ? await newestRow(client, "jobs") : null,
    },
    privileges: await lines(privilegesQuery),
    settings: await lines(settingsQuery),
  };
}

async function newestMigration(client: pg.Client): Promise<string | null> {
  const { rows } = await client.query<{ name: string }>(
    "select name from public.migrations order by id desc limit 1",
  );
  return rows[0]?.name ?? null;
}

async function newestRow(client: pg.Client, table: "assets" | "jobs"): Promise<NewestRow | null> {
  const { rows } = await client.query<{ id: string; at: Date }>(
    `select id::text as id, created_at as at from public.${table} order by created_at desc, id limit 1`,
  );
  return rows[0] ? { id: rows[0].id, createdAt: rows[0].at.toISOString() } : null;
}
