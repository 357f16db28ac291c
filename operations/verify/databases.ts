import type { EnvironmentConfig } from "../../environments/schema.ts";
import type { Comparison } from "./comparison.ts";
import type { Survey, SurveyedCluster } from "./survey.ts";

/** PostgreSQL and Valkey: what was bought, who may connect, and the settings that protect what is in them. */
export function databaseComparisons(config: EnvironmentConfig, survey: Survey): Comparison[] {
  const { database, cache } = config;
  return [
    ...clusterComparisons("PostgreSQL", config, survey, survey.postgres, {
      engine: database.edition === "advanced" ? "advanced_pg" : "pg",
      version: database.version,
      size: database.size,
      nodes: database.nodes,
    }),
    ...clusterComparisons("Valkey", config, survey, survey.valkey, {
      engine: "valkey",
      version: cache.version,
      size: cache.size,
      nodes: cache.nodes,
    }),
    ...contentComparisons(config, survey.postgres),
    {
      resource: "Valkey's eviction policy",
      expected: cache.evictionPolicy,
      found: survey.valkey?.evictionPolicy,
    },
    {
      resource: "Valkey's persistence",
      expected: cache.persistence,
      found: survey.valkey?.settings.valkey_persistence,
    },
  ];
}

function clusterComparisons(
  name: string,
  { network }: EnvironmentConfig,
  { vpc }: Survey,
  surveyed: SurveyedCluster | undefined,
  bought: {
    readonly engine: string;
    readonly version: string;
    readonly size: string;
    readonly nodes: number;
  },
): Comparison[] {
  const { cluster, trustedSources } = surveyed ?? { trustedSources: [] };
  const { engine, version, size, num_nodes: nodes } = cluster ?? {};
  return [
    { resource: `${name}'s plan`, expected: bought, found: { engine, version, size, nodes } },
    { resource: `${name}'s status`, expected: "online", found: cluster?.status },
    {
      resource: `${name}'s VPC`,
      expected: vpc?.id ?? "missing",
      found: cluster?.private_network_uuid,
    },
    {
      resource: `${name}'s trusted sources`,
      expected: [{ type: "ip_addr", value: network.vpcCidr }],
      found: trustedSources.map(({ type, value }) => ({ type, value })),
    },
  ];
}

function contentComparisons(
  { database }: EnvironmentConfig,
  postgres: SurveyedCluster | undefined,
): Comparison[] {
  const pools = database.pool
    ? [
        {
          name: "api",
          mode: "transaction",
          size: database.pool.size,
          db: database.name,
          user: database.user,
        },
      ]
    : [];
  return [
    {
      resource: `the database ${database.name}`,
      expected: true,
      found: postgres?.databases.includes(database.name),
    },
    {
      resource: `the user ${database.user}`,
      expected: true,
      found: postgres?.users.some(({ name }) => name === database.user),
    },
    {
      resource: "the connection pools",
      expected: pools,
      found: postgres?.pools.map(({ name, mode, size, db, user }) => ({
        name,
        mode,
        size,
        db,
        user,
      })),
    },
    {
      resource: "PostgreSQL's limit of idle transactions",
      expected: database.settings.idleInTransactionSeconds * 1000,
      found: postgres?.settings.idle_in_transaction_session_timeout,
    },
  ];
}
