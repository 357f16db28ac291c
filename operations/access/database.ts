import { join } from "node:path";
import { setTimeout } from "node:timers/promises";

import type { z } from "zod";

import type {
  databaseCluster,
  databaseConnection,
} from "@mam-infra/clients/digitalocean/databases";
import { writeAtomically } from "../context/atomic-write.ts";
import type { Session } from "../context/session.ts";
import { ownClusters } from "../platform/own-clusters.ts";
import { type ConnectionVariables, runSql } from "./psql-program.ts";

/** The environment's PostgreSQL, as a person reaches it from outside of its network. */
export interface ReachedDatabase {
  readonly clusterId: string;
  readonly clusterName: string;
  readonly version: string;
  readonly database: string;
  readonly host: string;
  readonly port: number;
  readonly administrator: { readonly user: string; readonly password: string };
  /** File with the certificate that verifies it. */
  readonly authority: string;
  /** Address and port in place of the host's; undefined on the internet. */
  readonly place: { readonly address: string; readonly port: number } | undefined;
}

/** Asks where the database is and how it is verified. @throws Error when it does not stand, or is not online. */
export async function reachDatabase(session: Session): Promise<ReachedDatabase> {
  const { clients, environment } = session;
  const { config } = environment;
  const { postgres } = await ownClusters(clients.digitalOcean(), config);
  if (postgres?.status !== "online") {
    throw new Error(
      `the PostgreSQL cluster of ${config.name} is ${postgres?.status ?? "not there"}, expected online\n  fix: ${postgres ? "the same line again, once it is" : `mam deploy ${config.name}`}`,
    );
  }
  return reachCluster(session, postgres);
}

/** The same of any cluster that is online and has the environment's database. */
export async function reachCluster(
  { clients, environment: { config }, run }: Session,
  cluster: z.output<typeof databaseCluster>,
): Promise<ReachedDatabase> {
  const reached = addressOf(cluster.connection);
  const { ca } = await clients.digitalOcean().call("getDatabaseCa", { cluster_id: cluster.id });
  const authority = join(run().path, `${cluster.name}.authority.pem`);
  writeAtomically(authority, Buffer.from(ca.certificate, "base64").toString());
  return {
    clusterId: cluster.id,
    clusterName: cluster.name,
    version: cluster.version ?? config.database.version,
    database: config.database.name,
    ...reached,
    authority,
    place: await clients.internet().placeOf(reached.host, reached.port),
  };
}

/** Where a cluster is reached, and by whom. @throws Error when the API keeps it to itself. */
function addressOf(connection: z.output<typeof databaseConnection> | null | undefined) {
  const { host, port, user, password } = connection ?? {};
  if (host && port && user && password) return { host, port, administrator: { user, password } };
  throw new Error(
    "the API does not say how to connect as the cluster's administrator\n  fix: use a token with the scope database:view_credentials",
  );
}

/** Who connects, and under which name a connection is found on the server. */
export interface Login {
  readonly user: string;
  readonly password: string;
  readonly application: string;
}

/** Seconds to wait for an answer of the server. */
const connectSeconds = 10;

/**
 * The variables with which psql connects: verified by the cluster's own authority, the password in a file of the run folder
 * that only this user can read.
 */
export function connectionOf(
  { run, redactor }: Session,
  { host, port, place, database, authority, clusterName }: ReachedDatabase,
  { user, password, application }: Login,
): ConnectionVariables {
  redactor.learn([password]);
  const file = join(run().path, `${clusterName}.${user}.pgpass`);
  const line = ["*", "*", "*", user, password].map((part) => part.replaceAll(/[\\:]/g, "\\$&"));
  writeAtomically(file, `${line.join(":")}\n`, 0o600);
  return {
    PGHOST: host,
    ...(place ? { PGHOSTADDR: place.address } : {}),
    PGPORT: String(place?.port ?? port),
    PGDATABASE: database,
    PGUSER: user,
    PGPASSFILE: file,
    PGSSLMODE: "verify-full",
    PGSSLROOTCERT: authority,
    PGCONNECT_TIMEOUT: String(connectSeconds),
    PGAPPNAME: application,
  };
}

/** What psql ends with when it has no connection. */
const noConnection = 2;

/** Attempts to connect, a second apart: the platform needs moments to let an address in that it has just been told of. */
const connectAttempts = 30;

/**
 * Runs SQL as the cluster's administrator.
 *
 * @returns the rows, a line each.
 * @throws Error with what the server says.
 */
export async function asAdministrator(
  session: Session,
  database: ReachedDatabase,
  sql: string,
): Promise<string[]> {
  const login = { ...database.administrator, application: "mam psql" };
  const connection = connectionOf(session, database, login);
  for (let attempt = 1; ; attempt += 1) {
    const { exitCode, stdout, stderr } = await runSql(
      { variables: session.variables, connection },
      sql,
    );
    if (exitCode === 0) return stdout.split("\n").filter((line) => line !== "");
    if (exitCode !== noConnection || attempt === connectAttempts || session.interruption.aborted) {
      throw new Error(`${database.clusterName} said: ${stderr.trim()}`);
    }
    await setTimeout(1000, undefined, { signal: session.interruption });
  }
}
