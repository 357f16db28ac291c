import type { EnvironmentConfig } from "../../environments/schema/environment.ts";
import { configuredClusters } from "../platform/clusters.ts";
import type { Comparison } from "./comparison.ts";
import type { ObservedData, ObservedCluster } from "../platform/observed-data.ts";

/** Where the clusters send their own logs. A sink of another kind is named without its address, which may hold a password. */
export function logSinkComparisons(
  config: EnvironmentConfig,
  observed: ObservedData,
): Comparison[] {
  const sink = config.logs.databaseSink;
  return configuredClusters(config).flatMap(({ key, name }) => {
    const found = observed[key];
    const ours = sink?.clusters.includes(key) ? "rsyslog" : undefined;
    const [own, strange] = [
      found?.sinks.filter(({ sink_type: type }) => type === ours),
      found?.sinks.filter(({ sink_type: type }) => type !== ours) ?? [],
    ];
    return [
      {
        resource: `${name}'s log sinks`,
        expected: sink && ours ? [`rsyslog ${sink.server}:${sink.port}, over TLS`] : [],
        found: own?.map(sinkText),
      },
      ...strange.map((one) => ({
        resource: `a log sink of ${name} that nobody configured`,
        expected: "none",
        found: sinkText(one),
        fix: `remove it: https://cloud.digitalocean.com/databases/${found?.cluster.id ?? ""}/settings`,
      })),
    ];
  });
}

function sinkText({
  sink_type: type,
  sink_name: called,
  config: to,
}: ObservedCluster["sinks"][number]): string {
  if (type !== "rsyslog") return `${type} ${called}`;
  return `rsyslog ${to?.server}:${to?.port}, ${to?.tls ? "over TLS" : "in clear"}`;
}
