import { regions } from "../../environments/platform/regions.ts";
import type { EnvironmentConfig } from "../../environments/schema.ts";
import { type Comparison, inOrder } from "./comparison.ts";
import type { Survey } from "./survey.ts";

/** The VPC. */
export function networkComparisons(config: EnvironmentConfig, { vpc }: Survey): Comparison[] {
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
export function projectComparisons(config: EnvironmentConfig, survey: Survey): Comparison[] {
  const { project, members } = survey;
  const wanted = inOrder(membersOf(config, survey));
  return [
    {
      resource: "the project's environment",
      expected: config.tier === "production" ? "Production" : "Staging",
      found: project?.environment,
    },
    {
      resource: "the project's members",
      expected: wanted,
      // Whatever else a person keeps in the project is none of the environment's business.
      found: wanted.filter((member) => members.includes(member)),
    },
  ];
}

/** Resource names of everything that the project is to have. */
function membersOf({ domain }: EnvironmentConfig, { postgres, valkey, app }: Survey): string[] {
  const zone = domain.zoneManagedBy === "digitalocean" ? [`do:domain:${domain.zone}`] : [];
  const clusters = [postgres, valkey].map((one) => `do:dbaas:${one?.cluster.id ?? "missing"}`);
  return [...clusters, `do:app:${app?.id ?? "missing"}`, ...zone];
}
