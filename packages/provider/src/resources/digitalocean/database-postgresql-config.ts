import { fractionBetween, notEmpty, oneOf } from "../../engine/rules.ts";
import { engineConfigResource, type Setting } from "./database-config.ts";

// Sent and read under their own names, and never when empty: `log_min_duration_statement = 0` does
// not reach the API.
const PLAIN = [
  "autovacuum_freeze_max_age",
  "autovacuum_max_workers",
  "autovacuum_naptime",
  "autovacuum_vacuum_threshold",
  "autovacuum_analyze_threshold",
  "autovacuum_vacuum_cost_delay",
  "autovacuum_vacuum_cost_limit",
  "bgwriter_delay",
  "bgwriter_flush_after",
  "bgwriter_lru_maxpages",
  "deadlock_timeout",
  "default_toast_compression",
  "idle_in_transaction_session_timeout",
  "log_autovacuum_min_duration",
  "log_error_verbosity",
  "log_line_prefix",
  "log_min_duration_statement",
  "max_files_per_process",
  "max_prepared_transactions",
  "max_pred_locks_per_transaction",
  "max_locks_per_transaction",
  "max_stack_depth",
  "max_standby_archive_delay",
  "max_standby_streaming_delay",
  "max_replication_slots",
  "max_logical_replication_workers",
  "max_parallel_workers",
  "max_parallel_workers_per_gather",
  "max_worker_processes",
  "temp_file_limit",
  "timezone",
  "track_activity_query_size",
  "track_commit_timestamp",
  "track_functions",
  "track_io_timing",
  "max_wal_senders",
  "wal_sender_timeout",
  "wal_writer_delay",
  "backup_hour",
  "backup_minute",
  "work_mem",
];
const FLOATS = [
  "autovacuum_vacuum_scale_factor",
  "autovacuum_analyze_scale_factor",
  "bgwriter_lru_multiplier",
  "shared_buffers_percentage",
];

function settingsOf(names: readonly string[], setting: Setting): [string, Setting][] {
  return names.map((name) => [name, setting]);
}

const onOff = oneOf(["off", "on"]);

/** The settings of a PostgreSQL cluster (provider 2.99.1, database/resource_database_postgres_config.go). */
export const databasePostgresqlConfig = engineConfigResource({
  type: "digitalocean_database_postgresql_config",
  engine: "PostgreSQL",
  idSuffix: "postgresql-config",
  needsOnlineCluster: false,
  settings: Object.fromEntries([
    ...settingsOf(PLAIN, {}),
    ...settingsOf(FLOATS, { float: true }),
    ["jit", { sentWhenEmpty: true }],
    ["pg_partman_bgw_role", { api: "pg_partman_bgw.role" }],
    ["pg_partman_bgw_interval", { api: "pg_partman_bgw.interval" }],
    ["pg_stat_statements_track", { api: "pg_stat_statements.track" }],
  ]),
  behaviour: {
    force_new: ["cluster_id"],
    computed_blocks: ["pgbouncer", "timescaledb"],
    values_validated: {
      cluster_id: notEmpty,
      default_toast_compression: oneOf(["lz4", "pglz"]),
      log_error_verbosity: oneOf(["TERSE", "DEFAULT", "VERBOSE"]),
      log_line_prefix: oneOf([
        "pid=%p,user=%u,db=%d,app=%a,client=%h",
        "%m [%p] %q[user=%u,db=%d,app=%a]",
        "%t [%p]: [%l-1] user=%u,db=%d,app=%a,client=%h",
      ]),
      shared_buffers_percentage: fractionBetween(20, 60),
      track_commit_timestamp: onOff,
      track_functions: oneOf(["all", "pl", "none"]),
      track_io_timing: onOff,
    },
    // What is not sent comes back as the engine has it, and a fraction as the nearest 32-bit float.
    answered_differently: [...PLAIN, ...FLOATS],
    not_rehearsed: {
      pgbouncer: "Provider 2.99.1 crashes on it (expandPgBouncer takes a set for a list).",
      timescaledb: "No stack uses it.",
    },
  },
});
