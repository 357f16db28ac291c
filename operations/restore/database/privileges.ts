import type pg from "pg";

import type { Manifest } from "../../backups/manifest.ts";

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

/**
 * Privileges of columns, functions, types and large objects, those that everybody has by default too, so that one that was
 * taken away is seen; and who owns what neither the administrator nor the platform does. Names do not depend on the session's search path.
 */
export const furtherPrivilegesQuery = `
  with own as (select oid, nspname from pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema'),
  ofextensions as (select classid, objid from pg_depend where deptype = 'e'),
  functions as (
    select p.oid, p.proowner, p.proacl, format('%I.%I(%s)', n.nspname, p.proname, coalesce((
        select string_agg(t.typname, ', ' order by a.at) from unnest(p.proargtypes) with ordinality a (type, at)
          join pg_type t on t.oid = a.type), '')) as name
      from pg_proc p join own n on n.oid = p.pronamespace
      where not exists (select 1 from ofextensions e where e.classid = 'pg_proc'::regclass and e.objid = p.oid)),
  types as (
    select t.oid, t.typowner, t.typacl, format('type %I.%I', n.nspname, t.typname) as name
      from pg_type t join own n on n.oid = t.typnamespace left join pg_class c on c.oid = t.typrelid
      where t.typcategory <> 'A' and (c.oid is null or c.relkind = 'c') and t.typtype <> 'm'
        and not exists (select 1 from ofextensions e where e.classid = 'pg_type'::regclass and e.objid = t.oid)),
  tables as (
    select c.oid, c.relowner, c.relkind, format('%I.%I', n.nspname, c.relname) as name
      from pg_class c join own n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p', 'v', 'm', 'f', 'S')
        and not exists (select 1 from ofextensions e where e.classid = 'pg_class'::regclass and e.objid = c.oid)),
  granted as (
    select format('%s.%I', c.name, a.attname) as name, x.privilege_type, x.grantee, c.relowner as owner
      from tables c join pg_attribute a on a.attrelid = c.oid and not a.attisdropped cross join aclexplode(a.attacl) x
    union all
    select f.name, x.privilege_type, x.grantee, f.proowner
      from functions f cross join aclexplode(coalesce(f.proacl, acldefault('f', f.proowner))) x
    union all
    select t.name, x.privilege_type, x.grantee, t.typowner
      from types t cross join aclexplode(coalesce(t.typacl, acldefault('T', t.typowner))) x
    union all
    select format('large object %s', l.oid), x.privilege_type, x.grantee, l.lomowner
      from pg_largeobject_metadata l cross join aclexplode(l.lomacl) x),
  owned as (
    select format('schema %I', n.nspname) as name, s.nspowner as owner from own n join pg_namespace s on s.oid = n.oid
    union all select name, relowner from tables where relkind <> 'S'
    union all select name, proowner from functions
    union all select name, typowner from types
    union all select format('large object %s', oid), lomowner from pg_largeobject_metadata)
  select line from (
    select format('%s: %s to %s', g.name, g.privilege_type, coalesce(r.rolname, 'public')) as line
      from granted g left join pg_roles r on r.oid = g.grantee where g.grantee <> g.owner
    union all
    select format('%s: owned by %s', o.name, r.rolname)
      from owned o join pg_roles r on r.oid = o.owner where r.rolname not in (current_user, 'pg_database_owner') and not r.rolsuper
  ) lines order by 1`;

/** Privileges as a manifest has them; older ones have no further ones. */
export type Privileges = Pick<Manifest, "privileges" | "furtherPrivileges">;

/** Reads who may do what. */
export async function readPrivileges(client: pg.Client): Promise<Required<Privileges>> {
  const lines = async (query: string) => {
    const { rows } = await client.query<{ line: string }>(query);
    return rows.map(({ line }) => line);
  };
  return {
    privileges: await lines(privilegesQuery),
    furtherPrivileges: await lines(furtherPrivilegesQuery),
  };
}
