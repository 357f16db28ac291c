import { randomBytes } from "node:crypto";

import pg from "pg";

import { thisHolder, typedCommand } from "../../context/holder.ts";
import { readersRole } from "../../../constructs/database/readers-role.ts";
import { missingRoles } from "./roles.ts";
import { leftRoles, markRole } from "./scratch-marks.ts";
import { type ScratchServer, connectAsAdministrator, connectTo } from "./scratch-server.ts";
import type { Login, RestoreTarget } from "./target.ts";

/** A database of its own on a server that nobody uses. */
export interface Scratch extends RestoreTarget {
  /** Drops the database and its roles. */
  remove(): Promise<void>;
}

/** Names of a proof's databases. */
const databasePrefix = "mam_restore_";

const login = (user: string): Login => ({ user, password: randomBytes(24).toString("base64url") });
const quoted = (name: string) => pg.escapeIdentifier(name);

/** What is made on a server. */
interface Parts {
  readonly server: ScratchServer;
  readonly admin: pg.Client;
  readonly owner: Login;
  readonly users: readonly Login[];
  readonly name: string;
  readonly major: string;
  /** Roles that were made, in their order. */
  readonly made: string[];
}

/**
 * Makes an empty database with the roles that a dump speaks of. What a killed proof left there is removed before.
 *
 * @param names of the owner and of the application's users.
 * @throws NotConfigured when the server has one of these roles: it may be one that is in use.
 */
export async function makeScratch(
  server: ScratchServer,
  names: { readonly owner: string; readonly users: readonly string[] },
): Promise<Scratch> {
  const admin = await connectAsAdministrator(server);
  const [owner, ...users] = [names.owner, ...names.users].map(login) as [Login, ...Login[]];
  const name = `${databasePrefix}${randomBytes(4).toString("hex")}`;
  try {
    const all = [names.owner, ...names.users, readersRole];
    const left = await leftRoles(admin, all, server);
    if (left.length > 0) await dropLeft(server, admin, { owner, left });
    const parts: Parts = {
      server,
      admin,
      owner,
      users,
      name,
      major: await majorOf(admin),
      made: [],
    };
    await makeMembers(parts).catch(async (error: unknown) => {
      await dropAll(parts);
      throw error;
    });
    return scratchOf(parts);
  } catch (error) {
    await admin.end();
    throw error;
  }
}

async function majorOf(admin: pg.Client): Promise<string> {
  const { rows } = await admin.query<{ number: string }>(
    "select current_setting('server_version_num') as number",
  );
  return String(Math.floor(Number(rows[0]?.number) / 10_000));
}

async function makeMembers({ server, admin, owner, users, name, made }: Parts): Promise<void> {
  const holder = thisHolder(typedCommand());
  const make = async (role: string, rights: string) => {
    await admin.query(`create role ${quoted(role)} ${rights}`);
    made.push(role);
    await markRole(admin, role, holder);
  };
  const withPassword = ({ password }: Login) => `login password ${pg.escapeLiteral(password)}`;
  // As DigitalOcean's administrator is: no superuser. Rows that row security hides from it are counted, where the server lets it.
  const bypass = (await maySkipRowSecurity(admin)) ? " bypassrls" : "";
  await make(owner.user, `${withPassword(owner)} createdb createrole${bypass}`);
  for (const user of users) await make(user.user, withPassword(user));
  await make(readersRole, "nologin");
  const client = await connectTo(server, "postgres", owner);
  try {
    await client.query(`create database ${quoted(name)}`);
  } finally {
    await client.end();
  }
}

async function maySkipRowSecurity(admin: pg.Client): Promise<boolean> {
  const { rows } = await admin.query<{ may: boolean }>(
    "select rolsuper or rolbypassrls as may from pg_roles where rolname = current_user",
  );
  return rows[0]?.may === true;
}

function scratchOf(parts: Parts): Scratch {
  const { server, admin, owner, users, name, major, made } = parts;
  const { host, port, authorityFile } = server;
  return {
    ...{ name, owner, users, major },
    environment: {
      PGHOST: host,
      PGPORT: String(port),
      PGUSER: owner.user,
      PGPASSWORD: owner.password,
      ...(authorityFile === undefined
        ? {}
        : { PGSSLMODE: "verify-full", PGSSLROOTCERT: authorityFile }),
    },
    connect: (one) => connectTo(server, name, one),
    makeRoles: async (names) => {
      const holder = thisHolder(typedCommand());
      for (const role of await missingRoles(admin, names)) {
        await admin.query(`create role ${quoted(role)} nologin`);
        made.push(role);
        await markRole(admin, role, holder);
      }
    },
    remove: async () => {
      try {
        await dropAll(parts);
      } finally {
        await admin.end();
      }
    },
  };
}

async function dropAll({ server, admin, owner, name, made }: Parts): Promise<void> {
  const client = await connectTo(server, "postgres", owner).catch(() => undefined);
  await client?.query(`drop database if exists ${quoted(name)} with (force)`);
  await client?.end();
  for (const role of made.toReversed()) await admin.query(`drop role if exists ${quoted(role)}`);
}

/** Drops what a killed proof left: its databases, as their owner with a new password, and its roles. */
async function dropLeft(
  server: ScratchServer,
  admin: pg.Client,
  { owner, left }: { readonly owner: Login; readonly left: readonly string[] },
): Promise<void> {
  if (left.includes(owner.user)) {
    await admin.query(
      `alter role ${quoted(owner.user)} password ${pg.escapeLiteral(owner.password)}`,
    );
    const client = await connectTo(server, "postgres", owner);
    try {
      const { rows } = await client.query<{ name: string }>(
        "select datname as name from pg_database where starts_with(datname, $1) and pg_get_userbyid(datdba) = $2",
        [databasePrefix, owner.user],
      );
      for (const { name } of rows) await client.query(`drop database ${quoted(name)} with (force)`);
    } finally {
      await client.end();
    }
  }
  for (const role of left) await admin.query(`drop role ${quoted(role)}`);
}
