import { databasePlan } from "../../environments/platform/database-plans.ts";
import type { EnvironmentConfig } from "../../environments/schema/environment.ts";
import { type ConfiguredCluster, configuredClusters } from "../platform/clusters.ts";
import type { Comparison } from "./comparison.ts";
import { contentComparisons, strangerComparisons } from "./database-contents.ts";
import { logSinkComparisons } from "./log-sinks.ts";
import type { ObservedData, ObservedCluster } from "../platform/observed-data.ts";

/** PostgreSQL and Valkey: what was bought, who may connect, and the settings that protect what is in them. */
export function databaseComparisons(
  config: EnvironmentConfig,
  observed: ObservedData,
): Comparison[] {
  return [
    ...statusComparisons(config, observed),
    ...planComparisons(config, observed),
    ...trustedSourceComparisons(config, observed),
    ...contentComparisons(config, observed),
    ...strangerComparisons(config, observed),
    ...settingComparisons(config, observed),
    ...logSinkComparisons(config, observed),
  ];
}

/** Whether the clusters serve. */
export function statusComparisons(config: EnvironmentConfig, observed: ObservedData): Comparison[] {
  return configuredClusters(config).map(({ key, name }) => ({
    resource: `${name}'s status`,
    expected: "online",
    found: observed[key]?.cluster.status ?? undefined,
  }));
}

/** Engine, version, size and nodes of the clusters, and the network that they stand in. */
export function planComparisons(config: EnvironmentConfig, observed: ObservedData): Comparison[] {
  const networks = configuredClusters(config).map(({ key, name }) => ({
    resource: `${name}'s VPC`,
    expected: observed.vpc?.id ?? "the environment's VPC",
    found: observed[key]?.cluster.private_network_uuid ?? undefined,
  }));
  return [...boughtComparisons(config, observed), ...networks];
}

/** Engine, version, size and nodes of the clusters. */
export function boughtComparisons(
  config: EnvironmentConfig,
  observed: Readonly<Partial<Record<ConfiguredCluster["key"], Standing | undefined>>>,
): Comparison[] {
  return configuredClusters(config).map(({ key, name, engine, version, size, nodes }) => {
    const found = observed[key]?.cluster;
    return {
      resource: `${name}'s plan`,
      expected: planText({ engine, version, size, num_nodes: nodes }),
      found: found && planText(found),
      ...(found && isMore(found, { version, size }) ? { fix: keepMore(config, key, found) } : {}),
    };
  });
}

type Standing = Pick<ObservedCluster, "cluster">;

/** Who may connect to the clusters: the VPC, and nobody else. */
export function trustedSourceComparisons(
  config: EnvironmentConfig,
  observed: ObservedData,
): Comparison[] {
  return configuredClusters(config).map((cluster) =>
    trustedSourceComparison(config, cluster, observed[cluster.key]?.trustedSources),
  );
}

/** Who may connect to one cluster. */
export function trustedSourceComparison(
  { network, ...config }: EnvironmentConfig,
  { key, name }: Pick<ConfiguredCluster, "key" | "name">,
  rules: ObservedCluster["trustedSources"] | undefined,
): Comparison {
  const sources = rules?.map(({ type, value }) => `${type} ${value}`);
  const own = `ip_addr ${network.vpcCidr}`;
  const hasMore = sources?.includes(own) && sources.length > 1;
  return {
    resource: `${name}'s trusted sources`,
    expected: [own],
    found: sources?.length === 0 ? "none, so it is open to the internet" : sources,
    ...(hasMore && key === "postgres" ? { fix: closing(config) } : {}),
  };
}

/** What takes addresses out that sessions of people let in. */
function closing({ name }: Pick<EnvironmentConfig, "name">): string {
  return `\`mam psql ${name} --list\` says whose sessions are open; \`mam psql ${name} --close\` ends them and takes every address out`;
}

/** Whether a cluster is larger or newer than it is to be: the platform makes none smaller or older. */
function isMore(
  found: ObservedCluster["cluster"],
  { version, size }: Pick<ConfiguredCluster, "version" | "size">,
): boolean {
  const [has, wanted] = [databasePlan(found.size ?? ""), databasePlan(size)];
  const isLarger = !!has && !!wanted && has.memoryGib > wanted.memoryGib;
  return isLarger || Number(found.version) > Number(version);
}

function keepMore(
  { name }: EnvironmentConfig,
  key: ConfiguredCluster["key"],
  { version, size }: ObservedCluster["cluster"],
): string {
  const section = key === "postgres" ? "database" : "cache";
  return `put it into environments/${name}.ts, ${section}: { version: "${version}", size: "${size}" }: the platform makes no cluster smaller or older`;
}

/** The settings that keep a cluster from losing what is in it. */
export function settingComparisons(
  { database, cache }: EnvironmentConfig,
  { postgres, valkey }: ObservedData,
): Comparison[] {
  return [
    {
      resource: "PostgreSQL's limit of idle transactions, in milliseconds",
      expected: database.settings.idleInTransactionSeconds * 1000,
      found: postgres?.settings.idle_in_transaction_session_timeout,
    },
    {
      resource: "Valkey's eviction policy",
      expected: cache.evictionPolicy,
      found: valkey?.evictionPolicy,
    },
    {
      resource: "Valkey's persistence",
      expected: cache.persistence,
      found: valkey?.settings.valkey_persistence,
    },
  ];
}

function planText({
  engine,
  version,
  size,
  num_nodes: nodes,
}: Pick<ObservedCluster["cluster"], "engine" | "version" | "size" | "num_nodes">): string {
  return `${engine} ${version}, ${nodes} × ${size}`;
}
