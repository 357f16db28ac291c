import { wantedChecks } from "../../../constructs/monitoring/uptime-checks.ts";
import type { EnvironmentConfig } from "../../../environments/schema/environment.ts";
import { exactly } from "../amount.ts";
import type { CostLine } from "../line.ts";
import type { Prices } from "../price.ts";
import { spacesIncludedGib } from "../prices/storage.ts";

/** What the checks from outside cost. */
export function checksLine(checks: number, prices: Prices): CostLine {
  const price = prices["uptime check"];
  return {
    part: "Watching",
    resource: "uptime checks",
    quantity: `${checks} checks`,
    price: "uptime check",
    month: price ? exactly(checks * price.amount) : null,
    note: "their alerts are included",
  };
}

/** Checks from outside that an environment describes. */
export function checksOf(config: EnvironmentConfig): number {
  return wantedChecks(config).length;
}

/** What keeping Terraform's states costs. */
export function stateLines({ state: { backend } }: EnvironmentConfig, prices: Prices): CostLine[] {
  if (backend.kind === "local") return [];
  if (backend.kind === "hcp") return [unknown("State", "HCP Terraform", "billed by HashiCorp")];
  const price = prices["spaces subscription"];
  return [
    {
      part: "State",
      resource: "Spaces",
      quantity: `bucket ${backend.bucket}`,
      price: "spaces subscription",
      month: price ? exactly(price.amount) : null,
      note: `one subscription for all buckets of the account, up to ${spacesIncludedGib} GiB`,
    },
  ];
}

/** What is billed by others, or by plans that no file here knows. */
export function unknownLines({ logs, monitoring, domain }: EnvironmentConfig): CostLine[] {
  const { kind } = logs.destination;
  const zone = domain.zoneManagedBy === "digitalocean" ? "; of the zone no price was found" : "";
  return [
    ...(monitoring.insights.enabled
      ? [
          unknown(
            "Watching",
            "Insights",
            "no price is published: https://www.digitalocean.com/pricing",
          ),
        ]
      : []),
    ...(kind === "none"
      ? []
      : [unknown("Elsewhere", `logs (${kind})`, "billed by the log service")]),
    unknown("Elsewhere", `domain ${domain.zone}`, `billed by whoever registered it${zone}`),
    unknown("Elsewhere", "container registry", "one subscription of the account holds the images"),
  ];
}

function unknown(part: CostLine["part"], resource: string, note: string): CostLine {
  return { part, resource, quantity: "", month: null, note };
}
