import { regions } from "../../environments/platform/regions.ts";
import type { EnvironmentConfig } from "../../environments/schema/environment.ts";

const panel = "https://cloud.digitalocean.com";

/** A page of a platform that somebody who looks after an environment needs. */
interface Console {
  readonly what: string;
  readonly address: string;
  /** What is seen or done there. */
  readonly there: string;
}

const page = (what: string, address: string, there: string): Console => ({ what, address, there });

/** Pages that every environment has. Those of one resource are reached from their lists: their ids are no configuration. */
const watching: readonly Console[] = [
  page("the app", `${panel}/apps`, "deployments, runtime logs, console, settings"),
  page("databases", `${panel}/databases`, "nodes, backups, trusted sources, maintenance"),
  page(
    "dashboards and alert rules",
    `${panel}/insights/dashboards`,
    "metrics and rules of the app",
  ),
  page(
    "checks from outside",
    `${panel}/insights/uptime/checks`,
    "what each check sees, and from where",
  ),
];
const account: readonly Console[] = [
  page("images", `${panel}/registry`, "repositories, tags and digests"),
  page("team", `${panel}/account/team`, "who may sign in, and who gets alerts"),
  page(
    "tokens",
    `${panel}/account/api/tokens`,
    "what each may, how old it is, and when it was last used",
  ),
  page("bill", `${panel}/account/billing`, "what it really cost"),
  page("DigitalOcean's own state", "https://status.digitalocean.com", "whether it is them"),
  page("Wasabi's own state", "https://status.wasabi.com", "whether it is them"),
];

/** Every page of a platform, by what is looked for. */
export function consolesOf(config: EnvironmentConfig): readonly Console[] {
  const { wasabi } = regions[config.network.region];
  const there = `buckets, users and keys; region \`${wasabi}\``;
  return [
    ...watching,
    ...logConsole(config),
    page("media", "https://console.wasabisys.com", there),
    ...zoneConsole(config),
    ...stateConsole(config),
    ...account,
  ];
}

function zoneConsole({ domain: { zone, zoneManagedBy } }: EnvironmentConfig): Console[] {
  if (zoneManagedBy === "elsewhere") return [];
  return [page("DNS", `${panel}/networking/domains/${zone}`, "records of the zone")];
}

function stateConsole({ state: { backend } }: EnvironmentConfig): Console[] {
  const what = "Terraform's states";
  switch (backend.kind) {
    case "local":
      return [];
    case "spaces":
      return [page(what, `${panel}/spaces/${backend.bucket}`, "state files and their locks")];
    case "hcp": {
      const address = `https://app.terraform.io/app/${backend.organization}/workspaces`;
      return [page(what, address, "workspaces, runs, variables")];
    }
  }
}

/** Where the lines of each log service are seen. */
const logServices = {
  "better-stack": "https://telemetry.betterstack.com",
  datadog: "https://app.datadoghq.com/logs",
  papertrail: "https://my.papertrailapp.com",
} as const;

function logConsole({ logs: { destination } }: EnvironmentConfig): Console[] {
  const { kind, endpoint = "" } = destination;
  if (kind === "none") return [];
  const address = kind === "opensearch" ? endpoint : logServices[kind];
  return [page("logs", address, "lines of all services")];
}
