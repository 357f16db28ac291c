import type { MeasurableServer } from "../../databases/servers/cluster-servers.ts";
import type { DatabaseCluster } from "../../databases/model.ts";
import { nodePlan } from "../../databases/plan.ts";
import type { Look } from "./measure-apps.ts";

const prefix = "do.databases.";

/**
 * PostgreSQL's own counters over all databases. What only a connection to each database could tell (scans of tables and
 * indexes) is not among them. Who waits with an idle connection is not active: so was the platform's metric seen, too.
 */
const counters = `
  SELECT sum(blks_hit) AS pg_blocks_hit, sum(blks_read) AS pg_blocks_read, sum(deadlocks) AS pg_deadlocks,
    sum(tup_fetched) AS pg_index_tuples_fetched, sum(xact_commit) AS pg_transactions_committed,
    sum(xact_rollback) AS pg_transactions_rolled_back, sum(tup_deleted) AS pg_tuples_deleted,
    sum(tup_inserted) AS pg_tuples_inserted, sum(tup_updated) AS pg_tuples_updated,
    (SELECT sum(pg_database_size(oid)) FROM pg_database) AS pg_database_size,
    (SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND backend_type = 'client backend'
      AND pid <> pg_backend_pid()) AS pg_connections_active
  FROM pg_stat_database`;

/** Where servers are found by their clusters. */
export interface MeasuredDatabases {
  measurable(id: string): MeasurableServer | undefined;
}

function recordHost(look: Look, cluster: DatabaseCluster, pid: number, at: number): void {
  const use = look.processes.useOf(pid);
  if (!use) return;
  const { vcpus = 1, memoryGib = 1 } = nodePlan(cluster.size) ?? {};
  const record = (name: string, value: number) => {
    look.recorded.record(prefix + name, cluster.id, at, value);
  };
  const memory = memoryGib * 1024 ** 3;
  record("memory_utilization", (100 * use.memoryBytes) / memory);
  record("memory_available", Math.max(0, memory - use.memoryBytes));
  const cores = look.cpu.coresOf(`${cluster.id} ${pid}`, use.cpuSeconds);
  record("cpu_time", use.cpuSeconds);
  if (cores === undefined) return;
  record("cpu_utilization", (100 * cores) / vcpus);
  // What keeps a CPU busy is what stands in the queue for it; processes that wait for the disk are not seen.
  record("load_avg_1m", cores);
  // A look is taken once a minute, or nearly so.
  for (const minutes of [5, 15]) {
    const mean = look.recorded.meanOfLatest(`${prefix}load_avg_1m`, cluster.id, minutes);
    if (mean !== undefined) record(`load_avg_${minutes}m`, mean);
  }
}

async function recordCounters(
  look: Look,
  cluster: DatabaseCluster,
  query: NonNullable<MeasurableServer["query"]>,
  at: number,
): Promise<void> {
  const [row = {}] = await query(counters);
  for (const [name, value] of Object.entries(row)) {
    look.recorded.record(prefix + name, cluster.id, at, Number(value));
  }
  const disk = cluster.storage_size_mib * 1024 ** 2;
  const used = (100 * Number(row.pg_database_size)) / disk;
  look.recorded.record(`${prefix}disk_utilization`, cluster.id, at, used);
}

async function measureCluster(
  look: Look,
  cluster: DatabaseCluster,
  server: MeasurableServer,
): Promise<void> {
  const at = look.clock.now().getTime();
  recordHost(look, cluster, await server.pid(), at);
  if (server.query) await recordCounters(look, cluster, server.query, at);
}

/** A server that does not answer is written down as just that. */
async function measureOrMiss(
  look: Look,
  cluster: DatabaseCluster,
  server: MeasurableServer,
): Promise<void> {
  const succeeded = await measureCluster(look, cluster, server).then(
    () => 1,
    () => 0,
  );
  const at = look.clock.now().getTime();
  look.recorded.record(`${prefix}scrape_success`, cluster.id, at, succeeded);
}

/** Measures all servers that answer. One that is away has no values in that time, as on the platform. */
export async function measureDatabases(look: Look, databases: MeasuredDatabases): Promise<void> {
  const measured = look.store.databases.flatMap((cluster) => {
    const server = databases.measurable(cluster.id);
    return server ? [measureOrMiss(look, cluster, server)] : [];
  });
  await Promise.all(measured);
}
