/** What is measured of a real server, of `do.databases`: of its process, of PostgreSQL's counters, and whether it answered. */
export const measuredOfServers: ReadonlySet<string> = new Set([
  ...["cpu_time", "cpu_utilization", "load_avg_1m", "load_avg_5m", "load_avg_15m"],
  ...["memory_available", "memory_utilization", "disk_utilization", "scrape_success"],
  ...["pg_blocks_hit", "pg_blocks_read", "pg_connections_active", "pg_database_size"],
  ...["pg_deadlocks", "pg_index_tuples_fetched", "pg_transactions_committed"],
  ...[
    "pg_transactions_rolled_back",
    "pg_tuples_deleted",
    "pg_tuples_inserted",
    "pg_tuples_updated",
  ],
]);
