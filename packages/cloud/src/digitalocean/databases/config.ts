import { z } from "zod";

import { isPostgres } from "./model.ts";
import type { DatabaseCluster } from "./model.ts";

const whole = (minimum: number, maximum: number) =>
  z.int().min(minimum).max(maximum).exactOptional();
const decimal = (minimum: number, maximum: number) =>
  z.number().min(minimum).max(maximum).exactOptional();
const oneOf = <const Values extends readonly [string, ...string[]]>(...values: Values) =>
  z.enum(values).exactOptional();
const flag = z.boolean().exactOptional();

const most = 2_147_483_647;

const pgbouncer = z.strictObject({
  server_reset_query_always: flag,
  ignore_startup_parameters: z
    .array(z.enum(["extra_float_digits", "search_path"]))
    .max(32)
    .exactOptional(),
  min_pool_size: whole(0, 10_000),
  server_lifetime: whole(60, 86_400),
  server_idle_timeout: whole(0, 86_400),
  autodb_pool_size: whole(0, 10_000),
  autodb_pool_mode: oneOf("session", "transaction", "statement"),
  autodb_max_db_connections: whole(0, most),
  autodb_idle_timeout: whole(0, 86_400),
});

/**
 * Settings of a PostgreSQL cluster with their limits. Source: DigitalOcean API description,
 * `databases/models/advanced_config/postgres_advanced_config.yml`.
 */
export const postgresConfig = z.strictObject({
  autovacuum_freeze_max_age: whole(200_000_000, 1_500_000_000),
  autovacuum_max_workers: whole(1, 20),
  autovacuum_naptime: whole(0, 86_400),
  autovacuum_vacuum_threshold: whole(0, most),
  autovacuum_analyze_threshold: whole(0, most),
  autovacuum_vacuum_scale_factor: decimal(0, 1),
  autovacuum_analyze_scale_factor: decimal(0, 1),
  autovacuum_vacuum_cost_delay: whole(-1, 100),
  autovacuum_vacuum_cost_limit: whole(-1, 10_000),
  backup_hour: whole(0, 23),
  backup_minute: whole(0, 59),
  bgwriter_delay: whole(10, 10_000),
  bgwriter_flush_after: whole(0, 2048),
  bgwriter_lru_maxpages: whole(0, 1_073_741_823),
  bgwriter_lru_multiplier: decimal(0, 10),
  deadlock_timeout: whole(500, 1_800_000),
  default_toast_compression: oneOf("lz4", "pglz"),
  idle_in_transaction_session_timeout: whole(0, 604_800_000),
  jit: flag,
  log_autovacuum_min_duration: whole(-1, most),
  log_error_verbosity: oneOf("TERSE", "DEFAULT", "VERBOSE"),
  log_line_prefix: oneOf(
    "pid=%p,user=%u,db=%d,app=%a,client=%h",
    "%m [%p] %q[user=%u,db=%d,app=%a]",
    "%t [%p]: [%l-1] user=%u,db=%d,app=%a,client=%h",
  ),
  log_min_duration_statement: whole(-1, 86_400_000),
  max_connections: whole(25, most),
  max_failover_replication_time_lag: whole(10, Number.MAX_SAFE_INTEGER),
  max_files_per_process: whole(1000, 4096),
  max_prepared_transactions: whole(0, 10_000),
  max_pred_locks_per_transaction: whole(64, 640),
  max_locks_per_transaction: whole(64, 6400),
  max_slot_wal_keep_size: whole(-1, most),
  max_stack_depth: whole(2_097_152, 6_291_456),
  max_standby_archive_delay: whole(1, 43_200_000),
  max_standby_streaming_delay: whole(1, 43_200_000),
  max_replication_slots: whole(8, 64),
  max_logical_replication_workers: whole(4, 64),
  max_parallel_workers: whole(0, 96),
  max_parallel_workers_per_gather: whole(0, 96),
  max_worker_processes: whole(8, 96),
  max_wal_senders: whole(20, 64),
  "pg_partman_bgw.role": z
    .string()
    .regex(/^[_A-Za-z0-9][-._A-Za-z0-9]{0,63}$/)
    .exactOptional(),
  "pg_partman_bgw.interval": whole(3600, 604_800),
  "pg_stat_statements.track": oneOf("all", "top", "none"),
  pgbouncer: pgbouncer.exactOptional(),
  shared_buffers_percentage: decimal(20, 60),
  stat_monitor_enable: flag,
  synchronous_replication: oneOf("off", "quorum"),
  temp_file_limit: whole(-1, most),
  timescaledb: z.strictObject({ max_background_workers: whole(1, 4096) }).exactOptional(),
  timezone: z.string().max(64).exactOptional(),
  track_activity_query_size: whole(1024, 10_240),
  track_commit_timestamp: oneOf("off", "on"),
  track_functions: oneOf("all", "pl", "none"),
  track_io_timing: oneOf("off", "on"),
  wal_sender_timeout: whole(0, 10_800_000),
  wal_writer_delay: whole(10, 200),
  work_mem: whole(1, 1024),
});

const policies = ["noeviction", "allkeys", "volatile"] as const;
const policy = z
  .string()
  .regex(
    new RegExp(`^(?:${policies[0]}|(?:${policies[1]}|${policies[2]})[-_](?:lru|random|ttl))$`),
  );

/**
 * Settings of a Valkey cluster with their limits. Source: DigitalOcean API description,
 * `databases/models/advanced_config/valkey_advanced_config.yml`. The eviction policy is taken with hyphens too:
 * terraform-provider-digitalocean 2.99.1 sends it so (database/resource_database_valkey_config.go).
 */
export const valkeyConfig = z.strictObject({
  valkey_maxmemory_policy: policy.exactOptional(),
  valkey_pubsub_client_output_buffer_limit: whole(32, 512),
  valkey_number_of_databases: whole(1, 128),
  valkey_io_threads: whole(1, 32),
  valkey_lfu_log_factor: whole(0, 100),
  valkey_lfu_decay_time: whole(1, 120),
  valkey_ssl: flag,
  valkey_timeout: whole(0, 31_536_000),
  valkey_notify_keyspace_events: z
    .string()
    .max(32)
    .regex(/^[KEg$lshzxeA]*$/)
    .exactOptional(),
  valkey_persistence: oneOf("off", "rdb"),
  valkey_acl_channels_default: oneOf("allchannels", "resetchannels"),
  frequent_snapshots: flag,
  valkey_active_expire_effort: whole(1, 10),
});

const valkeyDefaults = {
  frequent_snapshots: true,
  valkey_active_expire_effort: 1,
  valkey_lfu_decay_time: 1,
  valkey_lfu_log_factor: 10,
  valkey_notify_keyspace_events: "",
  valkey_persistence: "rdb",
  valkey_ssl: true,
  valkey_timeout: 300,
};

const postgresDefaults = { backup_hour: 2, backup_minute: 0, jit: true };

const hyphenated = (value: string) => value.replace("_", "-");
const underscored = (value: string) => value.replace("-", "_");

/** The settings of a cluster: those that were set, and the defaults that the API's description names. */
export function configOf(cluster: DatabaseCluster): Record<string, unknown> {
  if (isPostgres(cluster.engine)) return { ...postgresDefaults, ...cluster.config };
  return {
    ...valkeyDefaults,
    ...cluster.config,
    // One setting with two addresses: PUT /eviction_policy writes it as well.
    valkey_maxmemory_policy: hyphenated(cluster.eviction_policy),
  };
}

/** Sets what a PATCH names and leaves the rest as it is. */
export function patchConfig(cluster: DatabaseCluster, patch: Record<string, unknown>): void {
  const { valkey_maxmemory_policy: eviction, ...rest } = patch;
  Object.assign(cluster.config, rest);
  if (typeof eviction === "string") cluster.eviction_policy = underscored(eviction);
}
