import { regions } from "../../environments/platform/regions.ts";
import type { EnvironmentConfig } from "../../environments/schema/environment.ts";
import { type Comparison, inOrder } from "./comparison.ts";
import type { ObservedData } from "../platform/observed-data.ts";
import type { ObservedState } from "../platform/observed-state.ts";

/** The VPC. */
export function networkComparisons(config: EnvironmentConfig, { vpc }: ObservedData): Comparison[] {
  return [
    { resource: "the VPC's range", expected: config.network.vpcCidr, found: vpc?.ip_range },
    {
      resource: "the VPC's datacentre",
      expected: regions[config.network.region].datacentre,
      found: vpc?.region,
    },
  ];
}

/** The project, and what belongs to it. */
export function projectComparisons(
  config: EnvironmentConfig,
  observed: ObservedState,
): Comparison[] {
  return projectOf(config, observed, membersOf(config, observed));
}

/** The project, and what the data stack puts into it. */
export function dataProjectComparisons(
  config: EnvironmentConfig,
  observed: ObservedData,
): Comparison[] {
  return projectOf(config, observed, clusterMembers(observed));
}

function projectOf(
  config: EnvironmentConfig,
  { project, members }: ObservedData,
  belonging: readonly string[],
): Comparison[] {
  const wanted = inOrder(belonging);
  return [
    {
      resource: "the project's environment",
      expected: config.tier === "production" ? "Production" : "Staging",
      found: project?.environment,
    },
    {
      resource: "the project's members",
      expected: wanted,
      // A person may keep other things in the project.
      found: wanted.filter((member) => members.includes(member)),
    },
  ];
}

/** Resource names of everything that the project is to have. */
function membersOf({ domain }: EnvironmentConfig, { app, ...data }: ObservedState): string[] {
  const zone = domain.zoneManagedBy === "digitalocean" ? [`do:domain:${domain.zone}`] : [];
  return [...clusterMembers(data), `do:app:${app?.id ?? "missing"}`, ...zone];
}

function clusterMembers({ postgres, valkey }: Pick<ObservedData, "postgres" | "valkey">): string[] {
  return [postgres, valkey].map((one) => `do:dbaas:${one?.cluster.id ?? "missing"}`);
}
