import { z } from "zod";
import { nothing, type Endpoint } from "./endpoint.ts";

/** How to reach a cluster or a pool. */
export const databaseConnection = z.looseObject({
  uri: z.string().nullish(),
  database: z.string().nullish(),
  host: z.string().nullish(),
  port: z.number().nullish(),
  user: z.string().nullish(),
  password: z.string().nullish(),
});

const storageAutoscale = z.looseObject({
  enabled: z.boolean(),
  threshold_percent: z.number().nullish(),
  increment_gib: z.number().nullish(),
});

/** A database cluster. */
export const databaseCluster = z.looseObject({
  id: z.string(),
  name: z.string(),
  engine: z.string(),
  version: z.string().nullish(),
  size: z.string().nullish(),
  region: z.string().nullish(),
  num_nodes: z.number().nullish(),
  status: z.string().nullish(),
  created_at: z.string().nullish(),
  storage_size_mib: z.number().nullish(),
  tags: z.array(z.string()).nullish(),
  project_id: z.string().nullish(),
  private_network_uuid: z.string().nullish(),
  maintenance_window: z
    .looseObject({ day: z.string().nullish(), hour: z.string().nullish() })
    .nullish(),
  connection: databaseConnection.nullish(),
  private_connection: databaseConnection.nullish(),
  ui_connection: databaseConnection.nullish(),
  storage_autoscale: storageAutoscale.nullish(),
  metrics_endpoints: z.array(z.looseObject({ host: z.string(), port: z.number() })).nullish(),
});

/** Path of a cluster's calls. */
export const cluster = "/v2/databases/{cluster_id}";

const oneCluster = z.looseObject({ database: databaseCluster });

/** Calls about database clusters. */
export const databases = {
  createDatabase: {
    method: "POST",
    path: "/v2/databases",
    request: z.looseObject({ name: z.string(), engine: z.string() }),
    response: oneCluster,
  },
  getDatabase: { method: "GET", path: cluster, response: oneCluster },
  deleteDatabase: { method: "DELETE", path: cluster, response: nothing },
  resizeDatabase: {
    method: "PUT",
    path: `${cluster}/resize`,
    request: z.looseObject({
      size: z.string(),
      num_nodes: z.number(),
      storage_size_mib: z.number().nullish(),
    }),
    response: nothing,
  },
  migrateDatabase: {
    method: "PUT",
    path: `${cluster}/migrate`,
    request: z.looseObject({ region: z.string(), private_network_uuid: z.string() }),
    response: nothing,
  },
  upgradeDatabase: {
    method: "PUT",
    path: `${cluster}/upgrade`,
    request: z.looseObject({ version: z.string() }),
    response: nothing,
  },
  updateDatabaseMaintenance: {
    method: "PUT",
    path: `${cluster}/maintenance`,
    request: z.looseObject({ day: z.string(), hour: z.string() }),
    response: nothing,
  },
  getEvictionPolicy: {
    method: "GET",
    path: `${cluster}/eviction_policy`,
    response: z.looseObject({ eviction_policy: z.string() }),
  },
  setEvictionPolicy: {
    method: "PUT",
    path: `${cluster}/eviction_policy`,
    request: z.looseObject({ eviction_policy: z.string() }),
    response: nothing,
  },
  getSqlMode: {
    method: "GET",
    path: `${cluster}/sql_mode`,
    response: z.looseObject({ sql_mode: z.string() }),
  },
  setSqlMode: {
    method: "PUT",
    path: `${cluster}/sql_mode`,
    request: z.looseObject({ sql_mode: z.string() }),
    response: nothing,
  },
  getStorageAutoscale: {
    method: "GET",
    path: `${cluster}/autoscale`,
    response: z.looseObject({ storage: storageAutoscale.nullish() }),
  },
  setStorageAutoscale: {
    method: "PUT",
    path: `${cluster}/autoscale`,
    request: z.looseObject({ storage: storageAutoscale }),
    response: nothing,
  },
} as const satisfies Record<string, Endpoint>;
