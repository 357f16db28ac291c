/** Products whose metrics are played. */
export type MetricProduct = "apps" | "databases";

/** What a series stands for: the labels that it has beside its name and the URN of its resource. */
export type SeriesScope =
  /** One for each instance of a service or worker: `app_component`, `app_component_instance`. */
  | "instance"
  /** One for each service or worker: `app_component`. */
  | "component"
  /** One for each service, which has requests: `app_component`. */
  | "service"
  /** One for each database cluster: `databases_name`. */
  | "cluster"
  /** The same, of PostgreSQL alone. */
  | "postgres";

/** A metric that the platform sends. */
export interface Metric {
  /** Dotted, as queries and rules write it. */
  readonly name: string;
  readonly product: MetricProduct;
  readonly kind: "gauge" | "counter";
  /** In UCUM, as the vendor's telemetry reference writes units; `%` is 0 to 100. */
  readonly unit: string;
  readonly scope: SeriesScope;
  /** What the minutes without a measurement have: a database is measured every second minute. */
  readonly oddMinutes: "measured" | "absent" | "NaN" | "repeated";
  /** Where name, unit and scope come from. */
  readonly source: string;
}

const seen =
  "name: DO-Solutions/porthole, watcher/catalog, the complete list in tor1 on 2026-10-09";
const assumed = `${seen}; unit and labels assumed`;
const documented = `${seen}; unit and labels: docs.digitalocean.com/products/insights/reference/telemetry/app-platform, 2026-11-19`;

type Row = readonly [name: string, kind: Metric["kind"], unit: string, scope: SeriesScope];

const appRows: readonly Row[] = [
  ["app_cpu_usage", "gauge", "{cpu}", "instance"],
  ["app_cpu_utilization", "gauge", "%", "instance"],
  ["app_memory_usage", "gauge", "By", "instance"],
  ["app_memory_utilization", "gauge", "%", "instance"],
  ["app_replicas_current", "gauge", "{replica}", "component"],
  ["app_replicas_desired", "gauge", "{replica}", "component"],
  ["app_replicas_ready", "gauge", "{replica}", "component"],
  ["app_request_duration_p95", "gauge", "s", "service"],
  ["app_requests_per_second", "gauge", "{request}/s", "service"],
  ["app_restarts_total", "counter", "{restart}", "instance"],
  ["restart_count", "counter", "{restart}", "instance"],
];

const hostRows: readonly Row[] = [
  ["cpu_time", "counter", "s", "cluster"],
  ["cpu_utilization", "gauge", "%", "cluster"],
  ["load_avg_1m", "gauge", "1", "cluster"],
  ["load_avg_5m", "gauge", "1", "cluster"],
  ["load_avg_15m", "gauge", "1", "cluster"],
  ["memory_available", "gauge", "By", "cluster"],
  ["memory_cached", "gauge", "By", "cluster"],
  ["memory_free", "gauge", "By", "cluster"],
  ["memory_total", "gauge", "By", "cluster"],
  ["memory_utilization", "gauge", "%", "cluster"],
  ["memory_swap_free", "gauge", "By", "cluster"],
  ["memory_swap_total", "gauge", "By", "cluster"],
  ["disk_utilization", "gauge", "%", "cluster"],
  ["disk_sectors_read", "counter", "{sector}", "cluster"],
  ["disk_sectors_written", "counter", "{sector}", "cluster"],
  ["filesystem_free", "gauge", "By", "cluster"],
  ["filesystem_size", "gauge", "By", "cluster"],
  ["network_rx", "counter", "By", "cluster"],
  ["network_tx", "counter", "By", "cluster"],
  ["scrape_duration", "gauge", "s", "cluster"],
  ["scrape_success", "gauge", "1", "cluster"],
];

const postgresRows: readonly Row[] = [
  ["pg_blocks_hit", "counter", "{block}", "postgres"],
  ["pg_blocks_read", "counter", "{block}", "postgres"],
  ["pg_connections_active", "gauge", "{connection}", "postgres"],
  ["pg_database_size", "gauge", "By", "postgres"],
  ["pg_deadlocks", "counter", "{deadlock}", "postgres"],
  ["pg_index_scans", "counter", "{scan}", "postgres"],
  ["pg_index_tuples_fetched", "counter", "{row}", "postgres"],
  ["pg_sequential_scans", "counter", "{scan}", "postgres"],
  ["pg_sequential_tuples_read", "counter", "{row}", "postgres"],
  ["pg_transactions_committed", "counter", "{transaction}", "postgres"],
  ["pg_transactions_rolled_back", "counter", "{transaction}", "postgres"],
  ["pg_tuples_deleted", "counter", "{row}", "postgres"],
  ["pg_tuples_inserted", "counter", "{row}", "postgres"],
  ["pg_tuples_updated", "counter", "{row}", "postgres"],
];

/** Metrics of databases whose odd minutes are not empty: seen by the same project (A40). */
const inOddMinutes: Readonly<Record<string, Metric["oddMinutes"]>> = {
  cpu_utilization: "NaN",
  load_avg_1m: "repeated",
  load_avg_5m: "repeated",
  load_avg_15m: "repeated",
};

/**
 * The names that a region knows, and no others: an account that plays invented names passes every test of a client whose
 * rules never fire. Load balancers, Droplets, Spaces and registries have metrics, too, and are not played.
 */
export const catalogue: readonly Metric[] = [
  ...appRows.map(([name, kind, unit, scope]): Metric => {
    const source = name === "app_cpu_usage" ? documented : assumed;
    return {
      name: `do.apps.${name}`,
      product: "apps",
      kind,
      unit,
      scope,
      oddMinutes: "measured",
      source,
    };
  }),
  ...[...hostRows, ...postgresRows].map(([name, kind, unit, scope]): Metric => ({
    name: `do.databases.${name}`,
    product: "databases",
    kind,
    unit,
    scope,
    oddMinutes: inOddMinutes[name] ?? "absent",
    source: assumed,
  })),
];
