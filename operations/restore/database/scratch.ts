import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";

import pg from "pg";

import { NotConfigured } from "../../context/credentials.ts";
import type { Variables } from "../../context/variables.ts";
import { readersRole } from "../../../constructs/database/readers-role.ts";
import type { Login, RestoreTarget } from "./target.ts";

/** Variable with the address of the server that a dump is proved on, with its administrator's password. */
export const serverVariable = "MAM_RESTORE_SERVER";

/** Variable that names a file with the server's certificate authority; without it the connection is not encrypted. */
export const authorityVariable = "MAM_RESTORE_SERVER_CA";

/** A database of its own on a server that nobody uses. */
export interface Scratch extends RestoreTarget {
  /** Drops the database and its roles. */
  remove(): Promise<void>;
}

interface Server {
  readonly url: URL;
  readonly authority: string | undefined;
  readonly authorityFile: string | undefined;
}

function serverOf(variables: Variables): Server {
  const { [serverVariable]: address, [authorityVariable]: authorityFile } = variables;
  if (!address || !URL.canParse(address))
    throw new NotConfigured(
      `${serverVariable} is missing: the address of a PostgreSQL server that holds nothing, such as postgresql://postgres:…@localhost:5432/postgres.\n  fix: docs/restore.md says how to start one; a dump is restored there and nowhere near what runs`,
    );
  const authority = authorityFile ? readFileSync(authorityFile, "utf8") : undefined;
  return { url: new URL(address), authority, authorityFile };
}

async function connectTo(server: Server, database: string, login?: Login): Promise<pg.Client> {
  const { url, authority } = server;
  const client = new pg.Client({
    host: decodeURIComponent(url.hostname),
    port: Number(url.port || 5432),
    user: login?.user ?? decodeURIComponent(url.username),
    password: login?.password ?? decodeURIComponent(url.password),
    database,
    ...(authority === undefined ? {} : { ssl: { ca: authority } }),
    application_name: "mam-restore",
    connectionTimeoutMillis: 10_000,
  });
  client.on("error", () => undefined);
  await client.connect();
  return client;
}

const login = (user: string): Login => ({ user, password: randomBytes(24).toString("base64url") });
const quoted = (name: string) => pg.escapeIdentifier(name);

/**
 * Makes an empty database with the roles that a dump speaks of.
 *
 * @param names of the owner and of the application's users.
 * @throws NotConfigured when the server has one of these roles: it may be one that is in use.
 */
export async function makeScratch(
  variables: Variables,
  names: { readonly owner: string; readonly users: readonly string[] },
): Promise<Scratch> {
  const server = serverOf(variables);
  const admin = await connectTo(server, server.url.pathname.slice(1) || "postgres");
  const [owner, ...users] = [names.owner, ...names.users].map(login) as [Login, ...Login[]];
  const logins = [owner, ...users];
  const name = `mam_restore_${randomBytes(4).toString("hex")}`;
  try {
    await refuseUsed(admin, logins, server.url.host);
    const { rows } = await admin.query<{ number: string }>(
      "select current_setting('server_version_num') as number",
    );
    const major = String(Math.floor(Number(rows[0]?.number) / 10_000));
    const scratch = scratchOf({ server, admin, owner, users, name, major });
    await makeMembers(admin, logins, server, name).catch(async (error: unknown) => {
      await scratch.remove();
      throw error;
    });
    return scratch;
  } catch (error) {
    await admin.end();
    throw error;
  }
}

async function refuseUsed(admin: pg.Client, logins: readonly Login[], host: string): Promise<void> {
  const { rows } = await admin.query<{ rolname: string }>(
    "select rolname from pg_roles where rolname = any($1::text[])",
    [[...logins.map(({ user }) => user), readersRole]],
  );
  const [first] = rows;
  if (first)
    throw new NotConfigured(
      `${host} has a role ${first.rolname} already: it looks like a server that is in use, and a dump is only proved on one that holds nothing.\n  fix: name another in ${serverVariable}; docs/restore.md says how to start one`,
    );
}

interface Parts {
  readonly server: Server;
  readonly admin: pg.Client;
  readonly owner: Login;
  readonly users: readonly Login[];
  readonly name: string;
  readonly major: string;
}

async function makeMembers(
  admin: pg.Client,
  [owner, ...users]: readonly Login[],
  server: Server,
  name: string,
): Promise<void> {
  const role = ({ user, password }: Login, rights: string) =>
    admin.query(
      `create role ${quoted(user)} login ${rights} password ${pg.escapeLiteral(password)}`,
    );
  if (!owner) return;
  // As DigitalOcean's administrator is: no superuser.
  await role(owner, "createdb createrole");
  for (const user of users) await role(user, "");
  await admin.query(`create role ${quoted(readersRole)} nologin`);
  const client = await connectTo(server, "postgres", owner);
  try {
    await client.query(`create database ${quoted(name)}`);
  } finally {
    await client.end();
  }
}

function scratchOf({ server, admin, owner, users, name, major }: Parts): Scratch {
  const { url, authorityFile } = server;
  return {
    ...{ name, owner, users, major },
    environment: {
      PGHOST: decodeURIComponent(url.hostname),
      PGPORT: url.port || "5432",
      PGUSER: owner.user,
      PGPASSWORD: owner.password,
      ...(authorityFile === undefined
        ? {}
        : { PGSSLMODE: "verify-full", PGSSLROOTCERT: authorityFile }),
    },
    connect: (one) => connectTo(server, name, one),
    set: async (role, setting) => {
      const [option = "", ...value] = setting.split("=");
      await admin.query(
        `alter role ${quoted(role)} set ${quoted(option)} = ${pg.escapeLiteral(value.join("="))}`,
      );
    },
    remove: async () => {
      await dropAll(server, { admin, owner, users, name });
    },
  };
}

async function dropAll(
  server: Server,
  { admin, owner, users, name }: Pick<Parts, "admin" | "owner" | "users" | "name">,
): Promise<void> {
  try {
    const client = await connectTo(server, "postgres", owner).catch(() => undefined);
    await client?.query(`drop database if exists ${quoted(name)} with (force)`);
    await client?.end();
    for (const role of [...users.map(({ user }) => user), owner.user, readersRole])
      await admin.query(`drop role if exists ${quoted(role)}`);
  } finally {
    await admin.end();
  }
}
