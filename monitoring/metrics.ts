/** Who sends a metric. A family is in a region's catalogue as a whole, or not at all while nothing of it is there. */
export type MetricFamily = "apps" | "databases" | "postgres";

/** What is known of a metric. */
export interface Metric {
  readonly family: MetricFamily;
  /** A counter only grows: what it says is how fast. */
  readonly kind: "gauge" | "counter";
  /** In words; `percent` is 0 to 100. */
  readonly unit: string;
  /** Where name and unit come from. */
  readonly source: string;
}

const seen = "DO-Solutions/porthole, watcher/catalog: the complete list in tor1 on 2026-10-09";
const assumed = `${seen}; unit assumed`;
const apps = (kind: Metric["kind"], unit: string): Metric => ({
  family: "apps",
  kind,
  unit,
  source: assumed,
});
const databases = (unit: string): Metric => ({
  family: "databases",
  kind: "gauge",
  unit,
  source: assumed,
});
const postgres = (kind: Metric["kind"], unit: string): Metric => ({
  family: "postgres",
  kind,
  unit,
  source: assumed,
});

/**
 * Every metric that a panel or a rule uses, by its name. The platform takes a rule on a name that does not exist and never
 * fires it, so a name that is not here does not compile, and each of these is looked for in the region's catalogue before
 * anything is sent.
 */
export const metrics = {
  "do.apps.app_cpu_utilization": apps("gauge", "percent"),
  "do.apps.app_memory_utilization": apps("gauge", "percent"),
  "do.apps.app_replicas_desired": apps("gauge", "instances"),
  "do.apps.app_replicas_ready": apps("gauge", "instances"),
  "do.apps.app_request_duration_p95": apps("gauge", "seconds"),
  "do.apps.app_requests_per_second": apps("gauge", "requests a second"),
  "do.apps.app_restarts_total": apps("counter", "restarts"),
  "do.databases.cpu_utilization": databases("percent"),
  "do.databases.disk_utilization": databases("percent"),
  "do.databases.load_avg_15m": databases("load"),
  "do.databases.memory_utilization": databases("percent"),
  "do.databases.pg_blocks_hit": postgres("counter", "blocks"),
  "do.databases.pg_blocks_read": postgres("counter", "blocks"),
  "do.databases.pg_connections_active": postgres("gauge", "connections"),
  "do.databases.pg_deadlocks": postgres("counter", "deadlocks"),
  "do.databases.pg_transactions_committed": postgres("counter", "transactions"),
  "do.databases.pg_transactions_rolled_back": postgres("counter", "transactions"),
} as const satisfies Readonly<Record<string, Metric>>;

/** Name of a metric, dotted as queries and rules write it. */
export type MetricName = keyof typeof metrics;

/** How the names of a family begin. PostgreSQL's own are a part of the databases'. */
export const familyPrefixes: Readonly<Record<MetricFamily, string>> = {
  apps: "do.apps.",
  databases: "do.databases.",
  postgres: "do.databases.pg_",
};
