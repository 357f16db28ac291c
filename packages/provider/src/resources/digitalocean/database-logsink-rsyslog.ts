import type { PlanView, ValueRule } from "../../engine/behaviour.ts";
import { allChecks } from "../../engine/plan-check.ts";
import { notEmpty } from "../../engine/rules.ts";
import { withoutEmpty } from "./calls.ts";
import { logsinkResource, type LogsinkConfig } from "./database-logsink.ts";

const FORMATS = ["rfc5424", "rfc3164", "custom"];

function rsyslogProblem(plan: PlanView): string | undefined {
  if (plan.text("format") === "custom" && plan.text("logline").trim() === "") {
    return "logline is required when format is 'custom'";
  }
  const certificates = ["ca_cert", "client_cert", "client_key"].map(plan.text);
  if (plan.text("tls") !== "true" && certificates.some((text) => text !== "")) {
    return "tls must be true when ca_cert, client_cert, or client_key is set";
  }
  return (plan.text("client_cert") === "") !== (plan.text("client_key") === "")
    ? "both client_cert and client_key must be set for mTLS"
    : undefined;
}

const format: ValueRule = (value, path) =>
  typeof value === "string" && FORMATS.includes(value)
    ? undefined
    : `"${path}" must be one of: ${FORMATS.join(", ")}`;

const port: ValueRule = (value, path) =>
  typeof value === "number" && value >= 1 && value <= 65535
    ? undefined
    : `"${path}" must be between 1 and 65535`;

const TEXTS: readonly (readonly [string, keyof LogsinkConfig])[] = [
  ["server", "server"],
  ["format", "format"],
  ["logline", "logline"],
  ["structured_data", "sd"],
  ["ca_cert", "ca"],
  ["client_cert", "cert"],
  ["client_key", "key"],
];
const TRIMMED = ["ca", "cert", "key"];

function trimmed(name: string, text: string): string {
  return TRIMMED.includes(name) ? text.trim() : text;
}

/** Logs to rsyslog (provider 2.99.1, database/resource_database_logsink_rsyslog.go). */
export const databaseLogsinkRsyslog = logsinkResource({
  type: "digitalocean_database_logsink_rsyslog",
  sinkType: "rsyslog",
  behaviour: {
    force_new: ["cluster_id", "name"],
    defaults: { format: "rfc5424", tls: false },
    values_validated: {
      cluster_id: notEmpty,
      format,
      name: notEmpty,
      port,
      server: notEmpty,
    },
    custom_diff: allChecks(rsyslogProblem),
  },
  configOf: (data) =>
    withoutEmpty({
      ...Object.fromEntries(TEXTS.map(([name, api]) => [api, trimmed(api, data.text(name))])),
      port: data.number("port"),
      tls: data.flag("tls"),
    }),
  setConfig: (data, config) => {
    for (const [name, api] of TEXTS) {
      const text = config[api];
      if (typeof text === "string" && text !== "") data.set(name, trimmed(api, text));
    }
    if (config.port) data.set("port", config.port);
    data.set("tls", config.tls);
  },
});
