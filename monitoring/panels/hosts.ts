import type { EnvironmentConfig } from "../../environments/schema/environment.ts";
import { type Query, of, ofAll, over } from "../promql.ts";
import { clusterAlerting, loadThreshold } from "../thresholds.ts";
import { type Watched, clusterUrn } from "../watched.ts";
import { type Panel, type PanelThreshold, alertAt } from "./panel.ts";

/** What a full disk, and full memory, do to a cluster. */
interface Consequences {
  readonly memory: string;
  readonly disk: string;
}

const clusters = {
  postgres: {
    name: "PostgreSQL",
    memory: "PostgreSQL uses what is free as a cache, so 70 to 90 % is normal.",
    disk: "A full disk makes the database read-only: uploads and logins fail.",
  },
  valkey: {
    name: "Valkey",
    memory:
      "Valkey holds the queue and the sessions in memory and throws nothing away: when it is full, nobody can log in and no job is taken.",
    disk: "Valkey writes what it holds to disk, to find it again after a restart.",
  },
} as const satisfies Readonly<Record<string, Consequences & { readonly name: string }>>;

/** The nodes of a cluster: what every engine has. */
export function hostPanels(
  config: EnvironmentConfig,
  watched: Watched,
  cluster: "postgres" | "valkey",
): readonly Panel[] {
  const urn = clusterUrn(watched, cluster);
  const { thresholds, size } = clusterAlerting(config, cluster);
  const { name, memory, disk } = clusters[cluster];
  const load = loadThreshold(thresholds, size);
  const highest = (query: Query) => [{ query: ofAll("max", query), legend: "highest node" }];
  return [
    {
      key: `${cluster}-cpu`,
      title: `${name}: CPU`,
      description: `How much of its CPU the busiest node used, at most, in the last four minutes. An idle node of one CPU lies at 15 to 20 %.`,
      unit: "percent",
      // Every second minute has no number, and a chart of it would be dots.
      queries: highest(over("max_over_time", "do.databases.cpu_utilization", urn, "4m")),
      thresholds: [alertAt(thresholds.cpuPercent, " %", 10)],
    },
    {
      key: `${cluster}-memory`,
      title: `${name}: memory`,
      description: `How much of its memory the fullest node uses. ${memory}`,
      unit: "percent",
      queries: highest(of("do.databases.memory_utilization", urn)),
      thresholds: [alertAt(thresholds.memoryPercent, " %", 10)],
    },
    {
      key: `${cluster}-disk`,
      title: `${name}: disk`,
      description: `How full the fullest disk is. ${disk}`,
      unit: "percent",
      queries: highest(of("do.databases.disk_utilization", urn)),
      thresholds: [
        alertAt(thresholds.diskPercent, " %", 30),
        nearlyFull(thresholds.diskCriticalPercent),
      ],
    },
    {
      key: `${cluster}-load`,
      title: `${name}: load over 15 minutes`,
      description: `How many processes wanted to work at once, on average. Above the number of CPUs some wait for others.`,
      unit: "load",
      queries: highest(of("do.databases.load_avg_15m", urn)),
      thresholds: [alertAt(load, "", 10)],
    },
  ];
}

function nearlyFull(value: number): PanelThreshold {
  return {
    value,
    name: `second alert: above ${value} % for 15 minutes`,
    severity: "critical",
  };
}
