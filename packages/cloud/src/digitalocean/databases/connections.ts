import { adminUser, isPostgres } from "./model.ts";
import type { ConnectionPool, DatabaseCluster, DatabaseUser, Engine } from "./model.ts";

/**
 * Ports. Source: the connection details in DigitalOcean's API description (25060), the Valkey and connection pool
 * guides of docs.digitalocean.com/products/databases (25061), metrics endpoints (9273).
 */
export const ports = { database: 25_060, pool: 25_061, valkey: 25_061, metrics: 9273 } as const;

/** Which of a cluster's addresses. */
export type HostKind = "public" | "private" | "standby" | "standby-private";

const prefixes: Record<HostKind, string> = {
  public: "",
  private: "private-",
  standby: "replica-",
  "standby-private": "private-replica-",
};

/** A cluster's host name. The private one is reached from the cluster's VPC only. */
export function hostOf({ name }: DatabaseCluster, kind: HostKind): string {
  return `${prefixes[kind]}${name}-do-user-19081923-0.db.ondigitalocean.com`;
}

/** The port of a cluster itself, not of its pools. */
export const portOf = (engine: Engine) => (engine === "valkey" ? ports.valkey : ports.database);

const schemes: Record<Engine, string> = {
  pg: "postgresql",
  advanced_pg: "postgresql",
  valkey: "rediss",
  opensearch: "https",
};

interface Target {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: DatabaseUser | undefined;
}

function connection({ engine }: DatabaseCluster, { host, port, database, user }: Target) {
  const credentials = user ? `${user.name}:${user.password}@` : "";
  const path = isPostgres(engine) ? `/${database}?sslmode=require` : "";
  return {
    protocol: schemes[engine],
    uri: `${schemes[engine]}://${credentials}${host}:${port}${path}`,
    database,
    host,
    port,
    user: user?.name ?? "",
    password: user?.password ?? "",
    ssl: true,
  };
}

const named = ({ users }: DatabaseCluster, name: string) =>
  users.find((user) => user.name === name);

/** The connection details of a cluster by its administrator. */
export function connectionsOf(cluster: DatabaseCluster) {
  const { engine, num_nodes } = cluster;
  const target = (kind: HostKind) =>
    connection(cluster, {
      host: hostOf(cluster, kind),
      port: portOf(engine),
      database: isPostgres(engine) ? "defaultdb" : "",
      user: named(cluster, adminUser(engine)),
    });
  const standby = isPostgres(engine) && num_nodes > 1;
  return {
    connection: target("public"),
    private_connection: target("private"),
    ...(standby
      ? {
          standby_connection: target("standby"),
          standby_private_connection: target("standby-private"),
        }
      : {}),
    ...(engine === "opensearch" ? { ui_connection: pageOf(target("public")) } : {}),
  };
}

type Connection = ReturnType<typeof connection>;

/** The page of a cluster of OpenSearch, which has no databases. */
const pageOf = ({ protocol, uri, host, user, password, ssl }: Connection) => ({
  protocol,
  uri,
  host,
  port: 443,
  user,
  password,
  ssl,
});

/** The connection details of a pool: its own name stands where the database's would. */
export function poolConnectionsOf(cluster: DatabaseCluster, pool: ConnectionPool) {
  const target = (kind: HostKind) =>
    connection(cluster, {
      host: hostOf(cluster, kind),
      port: ports.pool,
      database: pool.name,
      user: pool.user === undefined ? undefined : named(cluster, pool.user),
    });
  return { connection: target("public"), private_connection: target("private") };
}

/** Where a cluster's metrics are read: one address for each node. */
export function metricsEndpoints(cluster: DatabaseCluster) {
  return Array.from({ length: cluster.num_nodes }, (_, node) => ({
    host: `${cluster.name}-${node}-do-user-19081923-0.db.ondigitalocean.com`,
    port: ports.metrics,
  }));
}
