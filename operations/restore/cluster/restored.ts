import { readFileSync } from "node:fs";
import { setTimeout } from "node:timers/promises";

import pg from "pg";

import { applicationUser } from "../../../constructs/database/application-user.ts";
import { slots } from "../../../environments/schema/rotation.ts";
import { type ReachedDatabase, connectionOf, reachCluster } from "../../access/database.ts";
import type { Session } from "../../context/session.ts";
import { missingRoles } from "../database/roles.ts";
import type { Login, RestoreTarget } from "../database/target.ts";
import type { Cluster } from "./make.ts";

/** Attempts at a first connection, a second apart: the platform needs moments to let an address in. */
const attempts = 30;

/** The database of a cluster, as a restore works in it. */
export async function databaseOf(session: Session, cluster: Cluster): Promise<RestoreTarget> {
  const reached = await reachCluster(session, cluster);
  const owner = reached.administrator;
  const client = await patiently(session, () => connect(reached, owner));
  try {
    const { rows } = await client.query<{ number: string }>(
      "select current_setting('server_version_num') as number",
    );
    const users = await usersOf(session, cluster.id);
    return {
      name: reached.database,
      owner,
      users,
      major: String(Math.floor(Number(rows[0]?.number) / 10_000)),
      environment: connectionOf(session, reached, { ...owner, application: "mam restore" }),
      connect: (login) => connect(reached, login),
      makeRoles: (names) => makeMissingRoles(() => connect(reached, owner), names),
    };
  } finally {
    await client.end();
  }
}

/** The application's users that a cluster has, with the passwords that the platform fills in. */
async function usersOf({ clients, environment, redactor }: Session, cluster_id: string) {
  const { users } = await clients.digitalOcean().call("listDatabaseUsers", { cluster_id });
  const names = slots.map((slot) => applicationUser(environment.config, slot));
  const found = (users ?? []).filter(({ name }) => names.includes(name));
  redactor.learn(found.map(({ password }) => password ?? undefined));
  return found.map(({ name, password }) => ({ user: name, password: password ?? "" }));
}

async function connect(reached: ReachedDatabase, { user, password }: Login): Promise<pg.Client> {
  const { host, port, place, database, authority } = reached;
  const client = new pg.Client({
    host: place?.address ?? host,
    port: place?.port ?? port,
    ...{ user, password, database },
    ssl: { ca: readFileSync(authority, "utf8"), servername: host },
    application_name: "mam-restore",
    connectionTimeoutMillis: 10_000,
  });
  client.on("error", () => undefined);
  await client.connect();
  return client;
}

async function patiently<T>({ interruption }: Session, action: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await action();
    } catch (error) {
      if (attempt === attempts) throw error;
    }
    await setTimeout(1000, undefined, { signal: interruption });
  }
}

/** Makes the roles that are not there, as the cluster's administrator. */
async function makeMissingRoles(
  connected: () => Promise<pg.Client>,
  names: readonly string[],
): Promise<void> {
  const client = await connected();
  try {
    for (const name of await missingRoles(client, names))
      await client.query(`create role ${pg.escapeIdentifier(name)} nologin`);
  } finally {
    await client.end();
  }
}
