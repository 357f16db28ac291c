import { z } from "zod";
import { cluster, databaseConnection } from "./databases.ts";
import { links, nothing, type Endpoint } from "./endpoint.ts";

/** Who may do what in a Kafka or OpenSearch cluster. */
const userSettings = z.looseObject({
  acl: z
    .array(
      z.looseObject({
        id: z.string().nullish(),
        topic: z.string().nullish(),
        permission: z.string().nullish(),
      }),
    )
    .nullish(),
  opensearch_acl: z
    .array(z.looseObject({ index: z.string().nullish(), permission: z.string().nullish() }))
    .nullish(),
});
const mysqlSettings = z.looseObject({ auth_plugin: z.string().nullish() });

/** A user of a database cluster. */
export const databaseUser = z.looseObject({
  name: z.string(),
  role: z.string().nullish(),
  password: z.string().nullish(),
  access_cert: z.string().nullish(),
  access_key: z.string().nullish(),
  mysql_settings: mysqlSettings.nullish(),
  settings: userSettings.nullish(),
});

/** A connection pool. */
export const connectionPool = z.looseObject({
  name: z.string(),
  mode: z.string().nullish(),
  size: z.number().nullish(),
  db: z.string().nullish(),
  user: z.string().nullish(),
  connection: databaseConnection.nullish(),
  private_connection: databaseConnection.nullish(),
});

/** A trusted source of a cluster. */
export const firewallRule = z.looseObject({
  uuid: z.string(),
  cluster_uuid: z.string(),
  type: z.string(),
  value: z.string(),
  created_at: z.string(),
});

const logsinkConfig = z.looseObject({
  url: z.string().nullish(),
  index_prefix: z.string().nullish(),
  index_days_max: z.number().nullish(),
  timeout: z.number().nullish(),
  server: z.string().nullish(),
  port: z.number().nullish(),
  tls: z.boolean().nullish(),
  format: z.string().nullish(),
  logline: z.string().nullish(),
  sd: z.string().nullish(),
  ca: z.string().nullish(),
  key: z.string().nullish(),
  cert: z.string().nullish(),
});

/** Where a cluster's logs go to. */
export const logsink = z.looseObject({
  sink_id: z.string(),
  sink_name: z.string().nullish(),
  sink_type: z.string().nullish(),
  config: logsinkConfig.nullish(),
});

/** A backup that a cluster can be restored to. */
const databaseBackup = z.looseObject({ created_at: z.string() });

/** The settings of a cluster's engine, in the engine's own names. */
const engineConfig = z.looseObject({ config: z.record(z.string(), z.unknown()) });

const oneUser = z.looseObject({ user: databaseUser });
const onePool = z.looseObject({ pool: connectionPool });
const rules = z.looseObject({ rules: z.array(firewallRule).nullable() });

/** Calls about what belongs to a database cluster. */
export const databaseParts = {
  createDatabaseDb: {
    method: "POST",
    path: `${cluster}/dbs`,
    request: z.looseObject({ name: z.string() }),
    response: z.looseObject({ db: z.looseObject({ name: z.string() }) }),
  },
  getDatabaseDb: { method: "GET", path: `${cluster}/dbs/{name}`, response: nothing },
  deleteDatabaseDb: { method: "DELETE", path: `${cluster}/dbs/{name}`, response: nothing },
  createDatabaseUser: {
    method: "POST",
    path: `${cluster}/users`,
    request: z.looseObject({
      name: z.string(),
      mysql_settings: mysqlSettings.nullish(),
      settings: userSettings.nullish(),
    }),
    response: oneUser,
  },
  getDatabaseUser: { method: "GET", path: `${cluster}/users/{name}`, response: oneUser },
  updateDatabaseUser: {
    method: "PUT",
    path: `${cluster}/users/{name}`,
    request: z.looseObject({ settings: userSettings.nullish() }),
    response: oneUser,
  },
  resetDatabaseUserAuth: {
    method: "POST",
    path: `${cluster}/users/{name}/reset_auth`,
    request: z.looseObject({ mysql_settings: mysqlSettings.nullish() }),
    response: oneUser,
  },
  deleteDatabaseUser: { method: "DELETE", path: `${cluster}/users/{name}`, response: nothing },
  createConnectionPool: {
    method: "POST",
    path: `${cluster}/pools`,
    request: z.looseObject({
      name: z.string(),
      mode: z.string(),
      size: z.number(),
      db: z.string(),
      user: z.string(),
    }),
    response: onePool,
  },
  getConnectionPool: { method: "GET", path: `${cluster}/pools/{name}`, response: onePool },
  deleteConnectionPool: { method: "DELETE", path: `${cluster}/pools/{name}`, response: nothing },
  getDatabaseFirewall: { method: "GET", path: `${cluster}/firewall`, response: rules },
  setDatabaseFirewall: {
    method: "PUT",
    path: `${cluster}/firewall`,
    request: rules,
    response: nothing,
  },
  /** The certificate that verifies the cluster, as base64 of PEM. */
  getDatabaseCa: {
    method: "GET",
    path: `${cluster}/ca`,
    response: z.looseObject({ ca: z.looseObject({ certificate: z.string() }) }),
  },
  getDatabaseConfig: { method: "GET", path: `${cluster}/config`, response: engineConfig },
  updateDatabaseConfig: {
    method: "PATCH",
    path: `${cluster}/config`,
    request: engineConfig,
    response: nothing,
  },
  listDatabaseBackups: {
    method: "GET",
    path: `${cluster}/backups`,
    response: z.looseObject({ backups: z.array(databaseBackup).nullish(), links }),
  },
  listLogsinks: {
    method: "GET",
    path: `${cluster}/logsink`,
    response: z.looseObject({ sinks: z.array(logsink).nullish() }),
  },
  createLogsink: {
    method: "POST",
    path: `${cluster}/logsink`,
    request: z.looseObject({
      sink_name: z.string(),
      sink_type: z.string(),
      config: logsinkConfig,
    }),
    response: z.looseObject({ sink: logsink }),
  },
  getLogsink: { method: "GET", path: `${cluster}/logsink/{sink_id}`, response: logsink },
  updateLogsink: {
    method: "PUT",
    path: `${cluster}/logsink/{sink_id}`,
    request: z.looseObject({ config: logsinkConfig }),
    response: nothing,
  },
  deleteLogsink: { method: "DELETE", path: `${cluster}/logsink/{sink_id}`, response: nothing },
} as const satisfies Record<string, Endpoint>;
