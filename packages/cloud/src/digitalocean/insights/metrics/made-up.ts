import type { DatabaseCluster } from "../../databases/model.ts";
import { nodePlan } from "../../databases/plan.ts";

/** A steady value that is made up: it swings a little, and each resource swings in its own time. */
export interface MadeUp {
  /** In the middle; for a counter, what is added in a second. */
  readonly middle: number;
  /** How far it swings, as a part of the middle; a counter does not. */
  readonly swing: number;
}

/** Milliseconds of a swing: an hour, so that a chart of an hour has all of it. */
const period = 3_600_000;

const phaseOf = (text: string) =>
  Buffer.from(text).reduce((sum, byte) => (sum * 31 + byte) % 1000, 7) / 1000;

/** The value of something at a time; milliseconds since the epoch. */
export function swinging({ middle, swing }: MadeUp, of: string, at: number): number {
  return middle * (1 + swing * Math.sin(2 * Math.PI * (at / period + phaseOf(of))));
}

const steady = (middle: number, swing = 0.1): MadeUp => ({ middle, swing });

/** What instances and services of images that are data seem to do. */
export const appSignals = {
  /** Percent of the size's CPU and memory. */
  cpuPercent: steady(12),
  memoryPercent: steady(38, 0.03),
  requestsPerSecond: steady(4),
  p95Seconds: steady(0.12),
} as const;

/** What a node of a database seems to do, from its size; by the names of gauges and counters without `do.databases.`. */
export function databaseSignals(cluster: DatabaseCluster): Readonly<Record<string, MadeUp>> {
  const { memoryGib = 1, vcpus = 1 } = nodePlan(cluster.size) ?? {};
  const memory = memoryGib * 1024 ** 3;
  const disk = cluster.storage_size_mib * 1024 ** 2;
  const flat = (middle: number) => steady(middle, 0);
  return {
    // An idle node of one CPU was seen at 15 to 20 %.
    cpu_utilization: steady(17.5),
    cpu_time: flat(0.175 * vcpus),
    load_avg_1m: steady(0.2 * vcpus),
    load_avg_5m: steady(0.2 * vcpus, 0.05),
    load_avg_15m: steady(0.2 * vcpus, 0.02),
    memory_total: flat(memory),
    memory_utilization: steady(45, 0.03),
    memory_available: steady(0.55 * memory, 0.03),
    memory_cached: steady(0.3 * memory, 0.03),
    memory_free: steady(0.25 * memory, 0.03),
    memory_swap_total: flat(memory / 2),
    memory_swap_free: flat(memory / 2),
    disk_utilization: steady(8, 0.01),
    disk_sectors_read: flat(2),
    disk_sectors_written: flat(20),
    filesystem_size: flat(disk),
    filesystem_free: steady(0.92 * disk, 0.01),
    network_rx: flat(4000),
    network_tx: flat(9000),
    scrape_duration: steady(0.2),
    scrape_success: flat(1),
    pg_blocks_hit: flat(990),
    pg_blocks_read: flat(10),
    // Clients that hold a connection and wait were not counted: 0 under 8 of them.
    pg_connections_active: flat(0),
    pg_database_size: flat(0.05 * disk),
    pg_deadlocks: flat(0),
    pg_index_scans: flat(40),
    pg_index_tuples_fetched: flat(120),
    pg_sequential_scans: flat(1),
    pg_sequential_tuples_read: flat(60),
    pg_transactions_committed: flat(8),
    pg_transactions_rolled_back: flat(0.02),
    pg_tuples_deleted: flat(0.2),
    pg_tuples_inserted: flat(1.5),
    pg_tuples_updated: flat(3),
  };
}
