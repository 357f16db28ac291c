import type pg from "pg";

import { furtherPrivilegesQuery, privilegesQuery, rolesQuery } from "./privileges.ts";

/** What a restored database is compared with, as the dump's snapshot has it. */
export interface Facts {
  /** Name of the newest migration; null without a table of migrations that have names. */
  readonly migration: string | null;
  /** Newest row of the tables by which a person tells how old the data is; null where there is none. */
  readonly newest: { readonly assets: NewestRow | null; readonly jobs: NewestRow | null };
  /** Who may do what, one line each; an archive brings grants and takes none back. */
  readonly privileges: readonly string[];
  /** Those of columns, functions, types and large objects, and what the administrator does not own. */
  readonly furtherPrivileges: readonly string[];
  /** Roles that rights and policies speak of: they have to be there before the archive is restored. */
  readonly roles: readonly string[];
  /** Settings of roles and of the database, which no archive holds. */
  readonly settings: readonly string[];
}

/** A row by its id and time. */
export interface NewestRow {
  readonly id: string;
  readonly createdAt: string;
}

const settingsQuery = `
  select format('%s%s: %s', coalesce(r.rolname, 'all roles'),
      case when s.setdatabase = 0 then '' else ' in this database' end, unnest(s.setconfig)) as line
    from pg_db_role_setting s left join pg_roles r on r.oid = s.setrole
    where s.setdatabase in (0, (select oid from pg_database where datname = current_database()))
    order by 1`;

/** Reads them in the transaction of the snapshot. */
export async function readFacts(client: pg.Client): Promise<Facts> {
  const lines = async (query: string) => {
    const { rows } = await client.query<{ line: string }>(query);
    return rows.map(({ line }) => line);
  };
  return {
    migration: await newestMigration(client),
    newest: { assets: await newestRow(client, "assets"), jobs: await newestRow(client, "jobs") },
    privileges: await lines(privilegesQuery),
    furtherPrivileges: await lines(furtherPrivilegesQuery),
    roles: await lines(rolesQuery),
    settings: await lines(settingsQuery),
  };
}

/** Whether a table of ours is there with such columns: an image of one's own may have another one of that name. */
async function hasColumns(
  client: pg.Client,
  table: string,
  types: Readonly<Record<string, string>>,
) {
  const { rows } = await client.query<{ name: string; type: string }>(
    `select attname as name, atttypid::regtype::text as type from pg_attribute
     where attrelid = to_regclass($1) and attnum > 0 and not attisdropped`,
    [`public.${table}`],
  );
  return Object.entries(types).every(([name, type]) =>
    rows.some((one) => one.name === name && (type === "any" || one.type === type)),
  );
}

async function newestMigration(client: pg.Client): Promise<string | null> {
  if (!(await hasColumns(client, "migrations", { id: "any", name: "any" }))) return null;
  const { rows } = await client.query<{ name: string }>(
    "select name::text as name from public.migrations order by id desc limit 1",
  );
  return rows[0]?.name ?? null;
}

async function newestRow(client: pg.Client, table: "assets" | "jobs"): Promise<NewestRow | null> {
  const columns = { id: "any", created_at: "timestamp with time zone" };
  if (!(await hasColumns(client, table, columns))) return null;
  const { rows } = await client.query<{ id: string; at: Date }>(
    `select id::text as id, created_at as at from public.${table}
     where isfinite(created_at) order by created_at desc, id limit 1`,
  );
  return rows[0] ? { id: rows[0].id, createdAt: rows[0].at.toISOString() } : null;
}
