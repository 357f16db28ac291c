import type { ValidRequest } from "../valid-request.ts";
import { logSink } from "../world.ts";

/** A new cluster; in no VPC that is named, so that every region is open to it. */
const cluster = {
  name: "second",
  engine: "pg",
  version: "17",
  num_nodes: 1,
  size: "db-s-1vcpu-2gb",
  region: "nyc1",
  tags: ["mam"],
  project_id: "{project}",
  rules: [{ type: "ip_addr", value: "203.0.113.7", description: "office" }],
  storage_size_mib: 30_720,
  autoscale: { storage: { enabled: true, threshold_percent: 80, increment_gib: 10 } },
};

const engines: readonly object[] = [
  { engine: "valkey", version: "8", size: "db-s-1vcpu-2gb" },
  { engine: "opensearch", version: "2", size: "db-s-1vcpu-2gb" },
  { engine: "advanced_pg", version: "17", size: "gd-2vcpu-8gb" },
];

const sources: readonly object[] = [
  { type: "ip_addr", value: "203.0.113.7", description: "office" },
  { type: "app", value: "{app}" },
  { type: "tag", value: "mam" },
];

const elastic = {
  url: "https://user:pass@search.example.com:9200",
  index_prefix: "logs",
  index_days_max: 7,
  timeout: 10,
  ca: "PEM",
};

const sinks: readonly object[] = [
  { ...logSink, sink_name: "second" },
  { sink_name: "second", sink_type: "opensearch", config: elastic },
  { sink_name: "second", sink_type: "elasticsearch", config: elastic },
  {
    sink_name: "second",
    sink_type: "datadog",
    config: { site: "datadoghq.com", datadog_api_key: "key" },
  },
];

/** One request of each that takes nothing. */
const plain: readonly string[] = [
  "GET /v2/databases/options",
  "GET /v2/databases/metrics/credentials",
  ...["pg", "valkey", "search"].map((name) => `GET /v2/databases/{${name}}`),
  "DELETE /v2/databases/{search}",
  "GET /v2/databases/{pg}/config",
  "GET /v2/databases/{valkey}/config",
  "GET /v2/databases/{pg}/ca",
  "GET /v2/databases/{pg}/firewall",
  "GET /v2/databases/{pg}/backups",
  "GET /v2/databases/{pg}/users",
  "GET /v2/databases/{pg}/users/mam",
  "DELETE /v2/databases/{pg}/users/mam",
  "GET /v2/databases/{pg}/dbs",
  "GET /v2/databases/{pg}/dbs/mam",
  "DELETE /v2/databases/{pg}/dbs/defaultdb",
  "GET /v2/databases/{pg}/pools",
  "GET /v2/databases/{pg}/pools/mam-pool",
  "DELETE /v2/databases/{pg}/pools/mam-pool",
  "GET /v2/databases/{valkey}/eviction_policy",
  "GET /v2/databases/{pg}/sql_mode",
  "GET /v2/databases/{pg}/autoscale",
  "GET /v2/databases/{pg}/logsink",
  "GET /v2/databases/{pg}/logsink/{sink}",
  "DELETE /v2/databases/{pg}/logsink/{sink}",
];

const pool = { mode: "session", size: 3, db: "mam", user: "mam" };

/** Every setting of a cluster of PostgreSQL that has no default worth repeating: the rest is added field by field. */
const postgresConfig = {
  backup_hour: 3,
  backup_minute: 30,
  jit: true,
  max_connections: 200,
  idle_in_transaction_session_timeout: 60_000,
  log_min_duration_statement: 1000,
  pgbouncer: { server_idle_timeout: 600, autodb_pool_mode: "transaction" },
  work_mem: 8,
};

const valkeyConfig = {
  valkey_maxmemory_policy: "noeviction",
  valkey_timeout: 300,
  valkey_persistence: "rdb",
  valkey_notify_keyspace_events: "Kx",
};

/** `/v2/databases`. */
export const databaseRequests: readonly ValidRequest[] = [
  ...plain.map((call) => ({ call })),
  { call: "GET /v2/databases", query: { tag_name: "mam" } },
  { call: "POST /v2/databases", body: cluster },
  { call: "POST /v2/databases", body: { ...cluster, private_network_uuid: "{vpc}" } },
  ...engines.map((engine) => ({
    call: "POST /v2/databases",
    body: { name: "second", num_nodes: 1, region: "nyc1", ...engine },
  })),
  {
    call: "POST /v2/databases",
    body: {
      ...cluster,
      storage_size_mib: 61_440,
      backup_restore: { database_name: "mam-pg", backup_created_at: "2026-11-25T02:00:00Z" },
    },
    wait: 2 * 86_400,
  },
  { call: "PATCH /v2/databases/{pg}/config", body: { config: postgresConfig } },
  { call: "PATCH /v2/databases/{valkey}/config", body: { config: valkeyConfig } },
  { call: "PUT /v2/databases/{pg}/migrate", body: { region: "nyc3" } },
  {
    call: "PUT /v2/databases/{pg}/resize",
    body: { size: "db-s-2vcpu-4gb", num_nodes: 1, storage_size_mib: 61_440 },
  },
  ...sources.map((rule) => ({
    call: "PUT /v2/databases/{pg}/firewall",
    body: { rules: [rule] },
  })),
  ...sources.map((rule) => ({
    call: "POST /v2/databases",
    body: { ...cluster, rules: [rule] },
  })),
  { call: "PUT /v2/databases/{pg}/maintenance", body: { day: "tuesday", hour: "14:00" } },
  {
    call: "POST /v2/databases/{pg}/users",
    body: { name: "api", settings: { pg_allow_replication: true } },
  },
  {
    call: "POST /v2/databases/{search}/users",
    body: { name: "api", settings: { opensearch_acl: [{ index: "logs", permission: "read" }] } },
  },
  {
    call: "PUT /v2/databases/{pg}/users/mam",
    body: { settings: { pg_allow_replication: true } },
  },
  { call: "POST /v2/databases/{pg}/users/mam/reset_auth", body: {} },
  { call: "POST /v2/databases/{pg}/dbs", body: { name: "api" } },
  { call: "POST /v2/databases/{pg}/pools", body: { name: "second", ...pool } },
  { call: "PUT /v2/databases/{pg}/pools/mam-pool", body: pool },
  {
    call: "PUT /v2/databases/{valkey}/eviction_policy",
    body: { eviction_policy: "allkeys_lru" },
  },
  { call: "PUT /v2/databases/{pg}/sql_mode", body: { sql_mode: "ANSI" } },
  { call: "PUT /v2/databases/{oldPg}/upgrade", body: { version: "17" } },
  {
    call: "PUT /v2/databases/{pg}/autoscale",
    body: { storage: { enabled: true, threshold_percent: 80, increment_gib: 10 } },
  },
  ...sinks.map((body) => ({ call: "POST /v2/databases/{pg}/logsink", body })),
  { call: "PUT /v2/databases/{pg}/logsink/{sink}", body: { config: logSink.config } },
];
