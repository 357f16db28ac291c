import type { ValueRule } from "../../engine/behaviour.ts";
import { notEmpty } from "../../engine/rules.ts";
import { withoutEmpty } from "./calls.ts";
import { logsinkResource } from "./database-logsink.ts";

const notBlank: ValueRule = (value, path) =>
  typeof value === "string" && value.trim() === "" ? `"${path}" cannot be empty` : undefined;

const https: ValueRule = (value, path) => {
  if (typeof value !== "string" || value.trim() === "") return `"${path}" cannot be empty`;
  return value.startsWith("https://") ? undefined : `"${path}" must use HTTPS scheme`;
};

const positive: ValueRule = (value, path) =>
  typeof value === "number" && value >= 1 ? undefined : `"${path}" must be >= 1`;

/** Logs to OpenSearch (provider 2.99.1, database/resource_database_logsink_opensearch.go). */
export const databaseLogsinkOpensearch = logsinkResource({
  type: "digitalocean_database_logsink_opensearch",
  sinkType: "opensearch",
  behaviour: {
    force_new: ["cluster_id", "name"],
    values_validated: {
      cluster_id: notEmpty,
      endpoint: https,
      index_days_max: positive,
      index_prefix: notBlank,
      name: notEmpty,
      timeout_seconds: positive,
    },
  },
  configOf: (data) =>
    withoutEmpty({
      url: data.text("endpoint"),
      index_prefix: data.text("index_prefix"),
      index_days_max: data.number("index_days_max"),
      ca: data.text("ca_cert").trim(),
      timeout: data.number("timeout_seconds"),
    }),
  setConfig: (data, config) => {
    if (config.url) data.set("endpoint", config.url);
    if (config.index_prefix) data.set("index_prefix", config.index_prefix);
    if (config.index_days_max) data.set("index_days_max", config.index_days_max);
    if (config.ca) data.set("ca_cert", config.ca.trim());
    data.set("timeout_seconds", Math.trunc(config.timeout ?? 0));
  },
});
