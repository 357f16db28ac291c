import type { EnvironmentConfig } from "../../environments/schema/environment.ts";
import { of, ofAll, over, percentOf } from "../promql.ts";
import { type Watched, clusterUrn } from "../watched.ts";
import { hostPanels } from "./hosts.ts";
import type { Panel, PanelGroup } from "./panel.ts";

/** The database: its nodes, and what PostgreSQL itself counts. */
export function postgresPanels(config: EnvironmentConfig, watched: Watched): PanelGroup {
  return {
    title: "PostgreSQL: accounts, assets and their metadata",
    panels: [
      ...hostPanels(config, watched, "postgres"),
      ...enginePanels(clusterUrn(watched, "postgres")),
    ],
  };
}

function enginePanels(urn: string): readonly Panel[] {
  const rate = (metric: Parameters<typeof over>[1]) =>
    ofAll("sum", over("rate", metric, urn, "10m"));
  return [
    {
      key: "postgres-connections",
      title: "PostgreSQL: active connections",
      description:
        "Connections that are doing something. The platform was seen to say 0 under eight clients, so no alert is made of it: use it beside the transactions.",
      unit: "count",
      queries: [
        { query: ofAll("sum", of("do.databases.pg_connections_active", urn)), legend: "active" },
      ],
      thresholds: [],
    },
    {
      key: "postgres-transactions",
      title: "PostgreSQL: transactions a second",
      description:
        "Transactions that came to an end: committed, and rolled back. Rolled back ones are errors of the services, or people who went away.",
      unit: "requests/s",
      queries: [
        { query: rate("do.databases.pg_transactions_committed"), legend: "committed" },
        { query: rate("do.databases.pg_transactions_rolled_back"), legend: "rolled back" },
      ],
      thresholds: [],
    },
    {
      key: "postgres-deadlocks",
      title: "PostgreSQL: deadlocks within ten minutes",
      description:
        "Transactions that waited for each other until PostgreSQL ended one of them. None is normal; several are a fault in a service, and the logs of PostgreSQL name the statements.",
      unit: "count",
      queries: [
        {
          query: ofAll("sum", over("increase", "do.databases.pg_deadlocks", urn, "10m")),
          legend: "deadlocks",
        },
      ],
      thresholds: [],
    },
    {
      key: "postgres-cache-hits",
      title: "PostgreSQL: reads that memory answered",
      description:
        "How many of the blocks that were read stood in memory already. Above 99 % is normal; a fall means that the data in use has outgrown the memory. No line means that nothing was read.",
      unit: "percent",
      queries: [
        {
          query: percentOf(rate("do.databases.pg_blocks_hit"), rate("do.databases.pg_blocks_read")),
          legend: "from memory",
        },
      ],
      thresholds: [],
    },
  ];
}
