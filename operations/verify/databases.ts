import { applicationUser } from "../../constructs/database/application-user.ts";
import { slots } from "../../environments/rotation.ts";
import type { EnvironmentConfig } from "../../environments/schema.ts";
import type { Comparison } from "./comparison.ts";
import type { Survey, SurveyedCluster } from "./survey.ts";

/** One of the environment's clusters, and what was bought. */
interface ConfiguredCluster {
  readonly key: "postgres" | "valkey";
  readonly name: string;
  readonly engine: string;
  readonly version: string;
  readonly size: string;
  readonly nodes: number;
}

/** PostgreSQL and Valkey: what was bought, who may connect, and the settings that protect what is in them. */
export function databaseComparisons(config: EnvironmentConfig, survey: Survey): Comparison[] {
  return [
    ...statusComparisons(config, survey),
    ...planComparisons(config, survey),
    ...trustedSourceComparisons(config, survey),
    ...contentComparisons(config, survey),
    ...settingComparisons(config, survey),
    ...logSinkComparisons(config, survey),
  ];
}

/** The environment's clusters as they are configured. */
export function configuredClusters({
  database,
  cache,
}: EnvironmentConfig): readonly ConfiguredCluster[] {
  const engine = database.edition === "advanced" ? "advanced_pg" : "pg";
  return [
    { key: "postgres", name: "PostgreSQL", ...bought(database), engine },
    { key: "valkey", name: "Valkey", ...bought(cache), engine: "valkey" },
  ];
}

/** Whether the clusters serve. */
export function statusComparisons(config: EnvironmentConfig, survey: Survey): Comparison[] {
  return configuredClusters(config).map(({ key, name }) => ({
    resource: `${name}'s status`,
    expected: "online",
    found: survey[key]?.cluster.status ?? undefined,
  }));
}

/** Engine, version, size and nodes of the clusters, and the network that they stand in. */
export function planComparisons(config: EnvironmentConfig, survey: Survey): Comparison[] {
  return configuredClusters(config).flatMap(({ key, name, engine, version, size, nodes }) => {
    const found = survey[key]?.cluster;
    return [
      {
        resource: `${name}'s plan`,
        expected: planText({ engine, version, size, num_nodes: nodes }),
        found: found && planText(found),
      },
      {
        resource: `${name}'s VPC`,
        expected: survey.vpc?.id ?? "the environment's VPC",
        found: found?.private_network_uuid ?? undefined,
      },
    ];
  });
}

/** Who may connect to the clusters: the VPC, and nobody else. */
export function trustedSourceComparisons(
  { network, ...config }: EnvironmentConfig,
  survey: Survey,
): Comparison[] {
  return configuredClusters({ network, ...config }).map(({ key, name }) => {
    const sources = survey[key]?.trustedSources.map(({ type, value }) => `${type} ${value}`);
    return {
      resource: `${name}'s trusted sources`,
      expected: [`ip_addr ${network.vpcCidr}`],
      found: sources?.length === 0 ? "none, so it is open to the internet" : sources,
    };
  });
}

/** The database, the API's users and their pool. */
export function contentComparisons(config: EnvironmentConfig, { postgres }: Survey): Comparison[] {
  const { name, pool } = config.database;
  const users = slots.map((slot) => applicationUser(config, slot));
  return [
    {
      resource: `the database ${name}`,
      expected: "present",
      found: postgres?.databases.includes(name) ? "present" : undefined,
    },
    ...users.map((user) => ({
      resource: `the user ${user}`,
      expected: "present",
      found: postgres?.users.some((one) => one.name === user) ? "present" : undefined,
    })),
    {
      resource: "the connection pools",
      expected: pool ? [`api of ${name}, transaction mode, ${pool.size} connections`] : [],
      found: postgres?.pools.map(
        // The API says by an empty name, or by none, that every user connects as itself.
        ({ name, mode, size, db, user }) =>
          `${name} of ${db}, ${mode} mode, ${size} connections${user ? ` as ${user}` : ""}`,
      ),
    },
  ];
}

/** The settings that keep a cluster from losing what is in it. */
export function settingComparisons(
  { database, cache }: EnvironmentConfig,
  { postgres, valkey }: Survey,
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

/** Where the clusters send their own logs. A sink of another kind is named without its address, which may hold a password. */
export function logSinkComparisons(config: EnvironmentConfig, survey: Survey): Comparison[] {
  const sink = config.logs.databaseSink;
  return configuredClusters(config).map(({ key, name }) => ({
    resource: `${name}'s log sinks`,
    expected: sink?.clusters.includes(key) ? [`rsyslog ${sink.server}:${sink.port}, over TLS`] : [],
    found: survey[key]?.sinks.map(({ sink_type: type, sink_name: called, config: to }) =>
      type === "rsyslog"
        ? `rsyslog ${to?.server}:${to?.port}, ${to?.tls ? "over TLS" : "in clear"}`
        : `${type} ${called}`,
    ),
  }));
}

function bought({ version, size, nodes }: Pick<ConfiguredCluster, "version" | "size" | "nodes">) {
  return { version, size, nodes };
}

function planText({
  engine,
  version,
  size,
  num_nodes: nodes,
}: Pick<SurveyedCluster["cluster"], "engine" | "version" | "size" | "num_nodes">): string {
  return `${engine} ${version}, ${nodes} × ${size}`;
}
