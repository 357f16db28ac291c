import type { EnvironmentConfig } from "../environments/schema/environment.ts";
import type { Watched } from "./watched.ts";

const panel = "https://cloud.digitalocean.com";

const logServices: Readonly<Record<EnvironmentConfig["logs"]["destination"]["kind"], string>> = {
  "better-stack": "[Better Stack](https://telemetry.betterstack.com)",
  datadog: "[Datadog](https://app.datadoghq.com/logs)",
  papertrail: "[Papertrail](https://my.papertrailapp.com)",
  opensearch: "the OpenSearch cluster of the environment",
  none: "kept nowhere but on the app's own page, and for a short time",
};

/** What stands at the top of the dashboard: what it is, where else to look, and what to type. */
export function introduction(config: EnvironmentConfig, watched: Watched): string {
  const { name, domain, alerting, logs } = config;
  const recipients = alerting.recipients.join(", ");
  return [
    `**${name}**: [${domain.appHost}](https://${domain.appHost}), previews from ${domain.mediaHost}.`,
    "Read it from the top: what users feel, what the services are made of, what they stand on. A drawn line is where an alert is sent" +
      (recipients === "" ? "; this environment is muted, and tells nobody." : ` to ${recipients}.`),
    "",
    `- At a glance: \`mam status ${name}\`. Is what runs what was released? \`mam verify ${name}\``,
    `- An alert came: ${answers(config)} has what it means, what to look at first, and what mends it`,
    `- Releases: [the app](${panel}/apps/${watched.app}), tab Activity; back to the last good one: \`mam rollback ${name}\``,
    `- Logs of the services: ${logServices[logs.destination.kind]}; the last lines: [the app](${panel}/apps/${watched.app}), tab Runtime Logs`,
    `- Databases: [PostgreSQL](${panel}/databases/${watched.postgres}), [Valkey](${panel}/databases/${watched.valkey})`,
    `- Checks from outside: [uptime](${panel}/insights/uptime/checks)`,
  ].join("\n");
}

function answers({ monitoring }: EnvironmentConfig): string {
  const { docsUrl } = monitoring.insights;
  return docsUrl === undefined
    ? "`docs/alerts.md`"
    : `[docs/alerts.md](${docsUrl.replace(/\/$/, "")}/alerts.md)`;
}
