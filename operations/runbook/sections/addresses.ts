import {
  publicEndpoints,
  serviceLevelEndpoints,
} from "../../../constructs/monitoring/public-endpoints.ts";
import type { EnvironmentConfig } from "../../../environments/schema/environment.ts";
import { consolesOf } from "../consoles.ts";
import { type Section, heading, lines, table, text } from "../model.ts";

/** Every address of the platform, and every page of those that it runs on. */
export function addressesSection(config: EnvironmentConfig): Section {
  const { domain, name } = config;
  const endpoints = publicEndpoints(config);
  const { enabled, disabledReason = "nobody wrote it down" } = config.monitoring.objectives;
  const levels = enabled ? serviceLevelEndpoints(config) : undefined;
  const row = (name: string, address: string, health: string, level: string | undefined) => [
    name,
    address,
    health,
    ...(level === undefined ? [] : [level]),
  ];
  return {
    title: "Addresses",
    goals: [
      { want: "know how it is now", title: "How it is now" },
      { want: "find an address, or a page of a control panel", title: "Addresses" },
    ],
    blocks: [
      table(
        ["Service", "Address", "Health", ...(levels ? ["Whether objectives hold"] : [])],
        [
          row("page", `https://${domain.appHost}/`, endpoints.frontend, levels?.frontend),
          row("API", `https://${domain.appHost}/api`, endpoints.api, levels?.api),
          row("media", `https://${domain.mediaHost}/`, endpoints.media, levels?.edge),
        ],
      ),
      ...(levels
        ? []
        : [
            text(
              `These images say nothing of objectives, and no alert tells of them. Why: ${disabledReason}`,
            ),
          ]),
      text(
        `The zone \`${domain.zone}\` is served by ${domain.zoneManagedBy === "digitalocean" ? "DigitalOcean, and managed here" : "somebody else: `mam doctor` names the records that it needs"}.${origins(config)}`,
      ),
      heading("How it is now"),
      lines(
        "sh",
        `npx mam status ${name}           # a glance: what runs, instances, databases, checks, locks`,
        `npx mam status ${name} --watch   # again every minute`,
        `npx mam dashboard ${name} open   # the same and more on one page, in a browser on this machine`,
        `npx mam verify ${name}           # whether everything is exactly as released and configured`,
        `npx mam dashboard ${name} plan   # whether dashboard and alert rules are as they should be`,
      ),
      text("More: [status](status.md), [verify](verify.md), [dashboard](dashboard.md)."),
      heading("Pages of the platforms"),
      table(
        ["What", "Where", "There"],
        consolesOf(config).map(({ what, address, there }) => [what, address, there]),
      ),
    ],
  };
}

function origins({ domain: { extraOrigins } }: EnvironmentConfig): string {
  if (extraOrigins.length === 0) return "";
  return ` Pages of these origins may use the API too: ${extraOrigins.join(", ")}.`;
}
