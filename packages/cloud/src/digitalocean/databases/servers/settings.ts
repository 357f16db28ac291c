import { configOf } from "../config.ts";
import type { DatabaseCluster } from "../model.ts";
import { nodePlan } from "../plan.ts";
import type { PoolerSettings, ServerPool, ServerSettings } from "./engines.ts";

/** Connections of a node that the platform keeps for itself. Source: see connectionLimit. */
const keptConnections = 3;
const connectionsPerGib = 25;

/**
 * Settings of a cluster's configuration that its server gets here, with the unit of their numbers: those that clients can
 * tell. The others (backups, replication, autovacuum ...) stay data.
 */
const serverSettings: Readonly<Record<string, string>> = {
  deadlock_timeout: "ms",
  default_toast_compression: "",
  idle_in_transaction_session_timeout: "ms",
  jit: "",
  log_min_duration_statement: "ms",
  max_locks_per_transaction: "",
  max_prepared_transactions: "",
  temp_file_limit: "kB",
  timezone: "",
  track_functions: "",
  track_io_timing: "",
  work_mem: "MB",
};

/** Those that hold only when the server is started again. */
const atStart = ["max_connections", "max_locks_per_transaction", "max_prepared_transactions"];

/** The settings that a PostgreSQL cluster's server has: its plan's connections, and what was configured. */
export function postgresSettings(cluster: DatabaseCluster): ServerSettings {
  const { memoryGib = 1 } = nodePlan(cluster.size) ?? {};
  const { max_connections: connections = connectionsPerGib * memoryGib, ...config } =
    configOf(cluster);
  return {
    ...configured(config),
    max_connections: Number(connections),
    superuser_reserved_connections: keptConnections,
  };
}

function configured(config: Readonly<Record<string, unknown>>): ServerSettings {
  const settings: Record<string, string | number | boolean> = {};
  for (const [name, unit] of Object.entries(serverSettings)) {
    const value = config[name];
    if (typeof value === "number") settings[name] = value < 0 ? value : `${value}${unit}`;
    if (typeof value === "string" || typeof value === "boolean") settings[name] = value;
  }
  return settings;
}

/** What of the settings needs a start, as a text to compare. */
export const needingStart = (settings: ServerSettings) =>
  JSON.stringify(atStart.map((name) => settings[name]));

/** Settings of PgBouncer that the configuration of a cluster has under the same name. */
const poolerSettings = [
  "min_pool_size",
  "server_idle_timeout",
  "server_lifetime",
  "server_reset_query_always",
] as const;

/** The settings of a cluster's pooler. */
export function poolerSettingsOf(cluster: DatabaseCluster): PoolerSettings {
  const configured = Object.entries((cluster.config.pgbouncer ?? {}) as Record<string, unknown>);
  const { ignore_startup_parameters: ignored, ...rest } = Object.fromEntries(configured);
  const named = poolerSettings.flatMap((name) => {
    const value = rest[name];
    return value === undefined ? [] : [[name, Number(value)] as const];
  });
  return {
    ...Object.fromEntries(named),
    ...(Array.isArray(ignored) && ignored.length > 0
      ? { ignore_startup_parameters: ignored.join(",") }
      : {}),
  };
}

/** The pools of a cluster as its pooler has them; an empty user is none. */
export function serverPools({ pools }: DatabaseCluster): ServerPool[] {
  return pools.map(({ name, mode, size, db, user }) => ({
    name,
    mode,
    size,
    database: db,
    ...(user ? { user } : {}),
  }));
}

const gib = 1024 ** 3;

/** Part of a node's memory that Valkey's keys may take; the platform keeps the rest. The number is an assumption. */
const keysShare = 0.75;

/** The settings that a Valkey cluster's server has, by Valkey's names. */
export function valkeySettings(cluster: DatabaseCluster) {
  const { memoryGib = 1 } = nodePlan(cluster.size) ?? {};
  const config = configOf(cluster);
  const text = (name: string) => String(config[name]);
  return {
    maxmemory: String(Math.floor(memoryGib * keysShare * gib)),
    "maxmemory-policy": text("valkey_maxmemory_policy"),
    timeout: text("valkey_timeout"),
    "notify-keyspace-events": text("valkey_notify_keyspace_events"),
    "lfu-log-factor": text("valkey_lfu_log_factor"),
    "lfu-decay-time": text("valkey_lfu_decay_time"),
    "active-expire-effort": text("valkey_active_expire_effort"),
  };
}
