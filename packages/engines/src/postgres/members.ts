import pg from "pg";

import type { Query } from "./sql.ts";

const { escapeIdentifier: name, escapeLiteral: text } = pg;

/** Users and databases of a server, as the control panel of a managed cluster makes them. */
export interface PostgresMembers {
  /** Makes the administrator: may create roles and databases, and is no superuser. */
  createAdministrator(user: string, password: string): Promise<void>;
  /** Makes a user who owns nothing and has no rights. */
  createUser(user: string, password: string): Promise<void>;
  /** Replaces a password; who is connected stays so. */
  setPassword(user: string, password: string): Promise<void>;
  /** Removes a user with all rights that it was granted; what it owns becomes the administrator's. Its connections end. */
  dropUser(user: string, heir: string): Promise<void>;
  createDatabase(database: string, owner: string): Promise<void>;
  /** Removes a database, also while somebody is connected to it. */
  dropDatabase(database: string): Promise<void>;
}

/** The members of the server that is reached by such SQL. */
export function membersBy(query: Query): PostgresMembers {
  const run = async (statement: string, database?: string) => {
    await query(statement, [], database);
  };
  return {
    createAdministrator: (user, password) =>
      run(`CREATE ROLE ${name(user)} LOGIN CREATEDB CREATEROLE PASSWORD ${text(password)}`),
    createUser: (user, password) =>
      run(`CREATE ROLE ${name(user)} LOGIN PASSWORD ${text(password)}`),
    setPassword: (user, password) => run(`ALTER ROLE ${name(user)} PASSWORD ${text(password)}`),
    dropUser: (user, heir) => dropUser(query, user, heir),
    createDatabase: (database, owner) =>
      run(`CREATE DATABASE ${name(database)} OWNER ${name(owner)}`),
    dropDatabase: (database) => run(`DROP DATABASE ${name(database)} WITH (FORCE)`),
  };
}

/** A role with mere grants cannot be dropped, and grants are taken back in each database by itself. */
async function dropUser(query: Query, user: string, heir: string): Promise<void> {
  await query(`ALTER ROLE ${name(user)} NOLOGIN`);
  await query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = $1", [user]);
  const databases = await query(
    "SELECT datname FROM pg_database WHERE datallowconn AND datname <> 'template1'",
  );
  for (const { datname } of databases) {
    const statements = `REASSIGN OWNED BY ${name(user)} TO ${name(heir)}; DROP OWNED BY ${name(user)}`;
    await query(statements, [], String(datname));
  }
  await query(`DROP ROLE ${name(user)}`);
}
