import type { Store } from "../store.ts";
import { projectOf } from "../projects/assignments.ts";
import { connectionsOf, metricsEndpoints, poolConnectionsOf } from "./connections.ts";
import type { ConnectionPool, DatabaseCluster, DatabaseUser } from "./model.ts";
import { databaseOptions } from "./options.ts";

/** A user as the API shows it, password included: the API never hides it from its owner. */
export function describeUser({ name, role, password, settings }: DatabaseUser) {
  return { name, role, password, ...(settings ? { settings } : {}) };
}

/** A pool as the API shows it. */
export function describePool(cluster: DatabaseCluster, pool: ConnectionPool) {
  return { ...pool, ...poolConnectionsOf(cluster, pool) };
}

/** A cluster as the API shows it. */
export function describeCluster(store: Store, cluster: DatabaseCluster) {
  const version = databaseOptions[cluster.engine].versions.find(
    (one) => one.version === cluster.version,
  );
  return {
    id: cluster.id,
    name: cluster.name,
    engine: cluster.engine,
    version: cluster.version,
    semantic_version: `${cluster.version}.0`,
    num_nodes: cluster.num_nodes,
    size: cluster.size,
    region: cluster.region,
    status: cluster.status,
    created_at: cluster.created_at,
    private_network_uuid: cluster.private_network_uuid,
    tags: cluster.tags,
    db_names: cluster.dbs,
    users: cluster.users.map(describeUser),
    maintenance_window: { ...cluster.maintenance_window, pending: false, description: [] },
    project_id: projectOf(store, `do:dbaas:${cluster.id}`),
    storage_size_mib: cluster.storage_size_mib,
    version_end_of_life: version?.end_of_life ?? undefined,
    version_end_of_availability: version?.end_of_availability ?? undefined,
    metrics_endpoints: cluster.status === "creating" ? [] : metricsEndpoints(cluster),
    ...connectionsOf(cluster),
  };
}

/** A cluster as a dump shows it: without passwords, and with what nobody should overlook said in words. */
export function summarizeCluster(cluster: DatabaseCluster, openToInternet: boolean) {
  const { users, rules, pools, logsinks, ...rest } = cluster;
  return {
    ...rest,
    open_to_internet: openToInternet,
    users: users.map(({ name, role, settings }) => ({ name, role, settings })),
    pools,
    rules: rules.map(({ type, value }) => `${type}:${value}`).toSorted(),
    logsinks: logsinks.map(({ sink_name, sink_type }) => ({ sink_name, sink_type })),
  };
}
