import { isPostgres } from "../../databases/model.ts";
import type { DatabaseCluster } from "../../databases/model.ts";
import { type Metric, catalogue } from "./catalogue.ts";
import { databaseSignals, swinging } from "./made-up.ts";
import { measuredOfServers } from "./measured-names.ts";
import type { RecordedMetrics } from "./recorded.ts";
import { type Series, labelsOf } from "./series.ts";

const metrics = catalogue.filter(({ product }) => product === "databases");
const prefix = "do.databases.";

/** Volumes of a node, as they were seen: below `/srv/aiven-persistent`. */
const volumes = ["/srv/aiven-persistent/0", "/srv/aiven-persistent/1"];

/** Labels that some metrics have and others do not: that they differ was seen, which ones is assumed. */
function furtherLabels(metric: Metric, { region }: DatabaseCluster): Record<string, string>[] {
  if (metric.name.startsWith(`${prefix}filesystem_`)) {
    return volumes.map((volume) => ({ filesystem_mountpoint: volume }));
  }
  return [metric.name.startsWith(`${prefix}memory_`) ? { resource_region_slug: region } : {}];
}

function measureOf(
  metric: Metric,
  cluster: DatabaseCluster,
  recorded: RecordedMetrics,
  begins: number,
) {
  const name = metric.name.slice(prefix.length);
  const isReal = recorded.knows(`${prefix}scrape_success`, cluster.id);
  // Only PostgreSQL says how much of its disk it uses.
  const isMeasured = name !== "disk_utilization" || isPostgres(cluster.engine);
  if (isReal && isMeasured && measuredOfServers.has(name)) {
    return (at: number) => recorded.valueAt(metric.name, cluster.id, at);
  }
  const signal = databaseSignals(cluster)[name];
  if (!signal) return () => undefined;
  return metric.kind === "counter"
    ? (at: number) => (signal.middle * (at - begins)) / 1000
    : (at: number) => swinging(signal, cluster.id, at);
}

/** The series of a database cluster: those of its host, and PostgreSQL's own where it is that. */
export function databaseSeries(cluster: DatabaseCluster, recorded: RecordedMetrics): Series[] {
  if (cluster.status === "creating" || cluster.destroying) return [];
  const urn = `do:dbaas:${cluster.id}`;
  const begins = Date.parse(cluster.created_at);
  return metrics.flatMap((metric) => {
    if (metric.scope === "postgres" && !isPostgres(cluster.engine)) return [];
    const measure = measureOf(metric, cluster, recorded, begins);
    return furtherLabels(metric, cluster).map((further) => ({
      metric,
      urn,
      region: cluster.region,
      labels: labelsOf(metric, urn, { databases_name: cluster.name, ...further }),
      begins,
      ends: Infinity,
      measure,
    }));
  });
}
