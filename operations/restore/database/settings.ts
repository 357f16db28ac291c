import pg from "pg";

import type { Proof } from "./comparison.ts";
import { insufficientPrivilege } from "./refusals.ts";
import type { RestoreTarget } from "./target.ts";

/** A setting of a role, of a role in the database, or of the database for all roles. */
interface Setting {
  /** As the manifest has it: `mam_app in this database: statement_timeout=10s`. */
  readonly line: string;
  /** Undefined for all roles. */
  readonly role: string | undefined;
  readonly isOfDatabase: boolean;
  readonly name: string;
  readonly value: string;
}

type Members = Pick<RestoreTarget, "users" | "name" | "owner">;

const linePattern = /^(.+?)( in this database)?: ([^=]+)=(.*)$/s;

/** Settings that are ours: of the application's users, and of the database. Others are the platform's. */
function ownSettings(lines: readonly string[], { users }: Pick<Members, "users">): Setting[] {
  return lines.flatMap((line) => {
    const [, who = "", inDatabase, name = "", value = ""] = linePattern.exec(line) ?? [];
    const isOfDatabase = inDatabase !== undefined;
    const role = users.find(({ user }) => user === who)?.user;
    if (role === undefined && !(isOfDatabase && who === "all roles")) return [];
    return [{ line, role, isOfDatabase, name, value }];
  });
}

/** Settings that are lists of names: as one text, a list would be a single name with commas in it. As in PostgreSQL's pg_dumpall. */
const lists: readonly string[] = [
  "local_preload_libraries",
  "search_path",
  "session_preload_libraries",
  "shared_preload_libraries",
  "temp_tablespaces",
  "unix_socket_directories",
];

/** The names of a list as PostgreSQL writes one: `app, "Odd, name", "$user"`. */
function namesOf(list: string): string[] {
  const names = list.matchAll(/\s*(?:"((?:[^"]|"")*)"|([^,\s]+))\s*(?:,|$)/g);
  return [...names].map(([, quoted, plain = ""]) => quoted?.replaceAll('""', '"') ?? plain);
}

/** The statement that makes a setting again. @param database its name. */
export function settingStatement(
  { role, isOfDatabase, name, value }: Omit<Setting, "line">,
  database: string,
): string {
  const values = lists.includes(name.toLowerCase()) ? namesOf(value) : [value];
  const quoted = pg.escapeIdentifier(database);
  const whose =
    role === undefined
      ? `database ${quoted}`
      : `role ${pg.escapeIdentifier(role)}${isOfDatabase ? ` in database ${quoted}` : ""}`;
  return `alter ${whose} set ${pg.escapeIdentifier(name)} = ${values.map(pg.escapeLiteral).join(", ")}`;
}

/**
 * Makes the settings of a manifest again, which no archive holds. Each role sets its own: since PostgreSQL 16 nobody else may but
 * a superuser, and whoever made it. What only a superuser may set is left, and the proof says so.
 */
export async function applySettings(
  target: Members & Pick<RestoreTarget, "connect">,
  lines: readonly string[],
): Promise<void> {
  for (const setting of ownSettings(lines, target)) {
    const login = target.users.find(({ user }) => user === setting.role) ?? target.owner;
    const client = await target.connect(login);
    try {
      // Also where transactions of the role only read.
      await client.query("begin read write");
      await client.query(settingStatement(setting, target.name));
      await client.query("commit");
    } catch (error) {
      if ((error as { code?: unknown }).code !== insufficientPrivilege) throw error;
    } finally {
      await client.end();
    }
  }
}

const settingsQuery = `
  select format('%s%s: %s', coalesce(r.rolname, 'all roles'),
      case when s.setdatabase = 0 then '' else ' in this database' end, unnest(s.setconfig)) as line
    from pg_db_role_setting s left join pg_roles r on r.oid = s.setrole
    where s.setdatabase in (0, (select oid from pg_database where datname = current_database()))`;

/** Holds the settings of a restored database against those of its manifest. */
export async function settingsProof(
  client: pg.Client,
  lines: readonly string[],
  target: Members,
): Promise<readonly Proof[]> {
  const own = ownSettings(lines, target).map(({ line }) => line);
  if (own.length === 0) return [];
  const { rows } = await client.query<{ line: string }>(settingsQuery);
  const found = rows.map(({ line }) => line);
  const problems = own.filter((line) => !found.includes(line)).map((line) => `missing: ${line}`);
  return [{ what: `${own.length} settings of users and database`, problems }];
}
