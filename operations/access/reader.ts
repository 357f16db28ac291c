import { createHash, createHmac, pbkdf2Sync, randomBytes } from "node:crypto";

import { readersRole } from "../../constructs/database/readers-role.ts";

/** What the names of the users begin with that are made for a session. */
export const readerPrefix = "mam_reader_";

/** Name of the user that is made for a session. */
export const readerOf = (session: string) => `${readerPrefix}${session.replaceAll("-", "_")}`;

/** A user for one session. */
export interface Reader {
  readonly role: string;
  readonly password: string;
  /** From then on it cannot sign in. */
  readonly until: Date;
  readonly minutes: number;
}

/**
 * SQL that makes a user for a session, by the administrator. It may read what the administrator may pass on, by membership:
 * nothing names it in the rights of a table, so that a dump made meanwhile names no user that will be gone. Reading is all
 * that it may do; that its transactions are read-only besides guards it against its own functions.
 */
export function makeReader({ role, password, until, minutes }: Reader): string {
  return [
    "BEGIN;",
    "SET LOCAL lock_timeout = '5s';",
    grantReaders,
    `CREATE ROLE ${role} LOGIN CONNECTION LIMIT 8 PASSWORD ${quoted(scramVerifier(password))} VALID UNTIL ${quoted(until.toISOString())} IN ROLE ${readersRole};`,
    `ALTER ROLE ${role} SET default_transaction_read_only = on;`,
    `ALTER ROLE ${role} SET statement_timeout = '${minutes}min';`,
    "COMMIT;",
    unreadable,
  ].join("\n");
}

/** Rights that are missing, and no others: a table that is read already is not written to. */
const grantReaders = `
DO $$
DECLARE one record;
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '${readersRole}') THEN
    CREATE ROLE ${readersRole} NOLOGIN;
  END IF;
  FOR one IN SELECT nspname FROM pg_namespace
    WHERE nspname NOT LIKE 'pg\\_%' AND nspname <> 'information_schema'
      AND pg_has_role(nspowner, 'USAGE') AND NOT has_schema_privilege('${readersRole}', oid, 'USAGE')
  LOOP EXECUTE format('GRANT USAGE ON SCHEMA %I TO ${readersRole}', one.nspname); END LOOP;
  FOR one IN SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema' AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
      AND pg_has_role(c.relowner, 'USAGE') AND NOT has_table_privilege('${readersRole}', c.oid, 'SELECT')
  LOOP EXECUTE format('GRANT SELECT ON %I.%I TO ${readersRole}', one.nspname, one.relname); END LOOP;
END $$;`;

/** Tables that nobody but their owners can give rights to. */
const unreadable = `
SELECT format('%I.%I', n.nspname, c.relname) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema' AND c.relkind IN ('r', 'p')
  AND NOT has_table_privilege('${readersRole}', c.oid, 'SELECT') ORDER BY 1;`;

/**
 * SQL that removes users of sessions with their connections.
 *
 * @param which one user; `all` is every one that was made for a session.
 */
export function removeReaders(which: string): string {
  const chosen =
    which === "all"
      ? `starts_with(rolname, ${quoted(readerPrefix)})`
      : `rolname = ${quoted(which)}`;
  return `
SET client_min_messages = warning;
DO $$
DECLARE one record;
BEGIN
  FOR one IN SELECT rolname FROM pg_roles WHERE ${chosen} LOOP
    EXECUTE format('ALTER ROLE %I NOLOGIN', one.rolname);
    EXECUTE format('GRANT %I TO CURRENT_USER', one.rolname);
    PERFORM pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE usename = one.rolname;
    EXECUTE format('DROP ROLE %I', one.rolname);
  END LOOP;
END $$;`;
}

/** SQL that ends the connections of an administrator's session. */
export function endConnections(application: string): string {
  return `SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE application_name = ${quoted(application)} AND usename = current_user AND pid <> pg_backend_pid();`;
}

/** A password that nobody has to type. */
export const newPassword = () => randomBytes(24).toString("base64url");

/** Rounds of PostgreSQL's own verifiers (`scram_iterations`, its default). */
const rounds = 4096;

/**
 * What PostgreSQL keeps of a password (RFC 5802, RFC 7677): sent in the password's place, so that no log of a statement has it.
 */
function scramVerifier(password: string): string {
  const salt = randomBytes(16);
  const salted = pbkdf2Sync(password, salt, rounds, 32, "sha256");
  const keyOf = (name: string) => createHmac("sha256", salted).update(name).digest();
  const stored = createHash("sha256").update(keyOf("Client Key")).digest("base64");
  const server = keyOf("Server Key").toString("base64");
  return `SCRAM-SHA-256$${rounds}:${salt.toString("base64")}$${stored}:${server}`;
}

const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;
