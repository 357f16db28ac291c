import type { EnvironmentConfig } from "../../../environments/schema/environment.ts";
import type { CostLine } from "../line.ts";
import type { Price, Prices } from "../price.ts";
import { databasePricing } from "../prices/databases.ts";

/** A cluster, as far as it is billed. */
export interface BilledCluster {
  readonly name: "postgres" | "valkey";
  /** Edition of PostgreSQL. */
  readonly edition?: "standard" | "advanced";
  readonly size: string;
  readonly nodes: number;
  /** Disk of each node, where more was asked for than the plan has. */
  readonly storageGib?: number;
}

/** The clusters that an environment describes. */
export function clustersOf({ database, cache }: EnvironmentConfig): BilledCluster[] {
  const { edition, size, nodes, storageGib } = database;
  return [
    { name: "postgres", edition, size, nodes, ...(storageGib === undefined ? {} : { storageGib }) },
    { name: "valkey", size: cache.size, nodes: cache.nodes },
  ];
}

/** What each cluster costs, and its disk beside it. */
export function clusterLines(clusters: readonly BilledCluster[], prices: Prices): CostLine[] {
  return clusters.flatMap((cluster) => [
    nodesLine(cluster, prices),
    ...(cluster.storageGib === undefined ? [] : [diskLine(cluster, cluster.storageGib, prices)]),
  ]);
}

function nodesLine(cluster: BilledCluster, prices: Prices): CostLine {
  const { name, edition, size, nodes } = cluster;
  const key = [name, edition, size].filter((word) => word !== undefined).join(" ");
  const price = prices[key];
  const line = {
    part: "Databases",
    resource: name,
    quantity: `${nodes} × ${size}${edition ? `, ${edition}` : ""}${standbysInWords(nodes)}`,
  } as const;
  if (!price) return { ...line, month: null, note: `no price was found: ${databasePricing[name]}` };
  return { ...line, price: key, ...monthOf(nodes, price) };
}

function monthOf(nodes: number, { amount, atLeast }: Price) {
  const least = nodes * amount;
  if (!atLeast) return { month: { least, most: least }, note: "" };
  const note = "the price of the edition's smallest plan; that of this size was not found";
  return { month: { least, most: null }, note };
}

function standbysInWords(nodes: number): string {
  if (nodes === 1) return "";
  return nodes === 2 ? ", one of them standby" : `, ${nodes - 1} of them standby`;
}

function diskLine({ name, edition, nodes }: BilledCluster, gib: number, prices: Prices): CostLine {
  const key = [name, edition, "storage"].filter((word) => word !== undefined).join(" ");
  const price = prices[key];
  const line = {
    part: "Databases",
    resource: `disk of ${name}`,
    quantity: `${gib} GiB on each of ${nodes}`,
  } as const;
  if (!price) return { ...line, month: null, note: `no price was found: ${databasePricing[name]}` };
  const most = gib * nodes * price.amount;
  return {
    ...line,
    price: key,
    month: { least: 0, most },
    note: "how much of it the plan includes is not known",
  };
}
