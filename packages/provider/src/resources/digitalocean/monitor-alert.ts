import type { DigitalOcean } from "@mam-infra/clients/digitalocean";
import type { ValueRule } from "../../engine/behaviour.ts";
import type { ResourceData } from "../../engine/data.ts";
import { attempt } from "../../engine/failure.ts";
import { importById, type Operation } from "../../engine/resource.ts";
import { fractionAtLeast, notEmptyText, oneOf } from "../../engine/rules.ts";
import { askUnlessGone, type DigitalOceanResource } from "./calls.ts";
import { differsOnlyInCase, recipientsBlock, recipientsOf } from "./recipients.ts";

const DROPLET = [
  "cpu",
  "memory_utilization_percent",
  "disk_utilization_percent",
  "public_outbound_bandwidth",
  "public_inbound_bandwidth",
  "private_outbound_bandwidth",
  "private_inbound_bandwidth",
  "disk_read",
  "disk_write",
  "load_1",
  "load_5",
  "load_15",
];
const LOAD_BALANCER = [
  "avg_cpu_utilization_percent",
  "connection_utilization_percent",
  "droplet_health",
  "tls_connections_per_second_utilization_percent",
  "increase_in_http_error_rate_percentage_4xx",
  "increase_in_http_error_rate_percentage_5xx",
  "increase_in_http_error_rate_count_4xx",
  "increase_in_http_error_rate_count_5xx",
  "high_http_request_response_time",
  "high_http_request_response_time_50p",
  "high_http_request_response_time_95p",
  "high_http_request_response_time_99p",
];
const DATABASE = [
  "load_15_alerts",
  "memory_utilization_alerts",
  "disk_utilization_alerts",
  "cpu_alerts",
];
const METRICS = [
  ...DROPLET.map((metric) => `v1/insights/droplet/${metric}`),
  ...LOAD_BALANCER.map((metric) => `v1/insights/lbaas/${metric}`),
  ...DATABASE.map((metric) => `v1/dbaas/alerts/${metric}`),
];

/** The rule for a tag of any resource (provider 2.99.1, tag/tags.go). */
export const tagName: ValueRule = (value) =>
  typeof value === "string" && /^[a-zA-Z0-9:\-_]{1,255}$/.test(value)
    ? undefined
    : "tags may contain lowercase letters, numbers, colons, dashes, and underscores; there is a limit of 255 characters per tag";

function policyOf(data: ResourceData) {
  return {
    type: data.text("type"),
    description: data.text("description"),
    compare: data.text("compare"),
    value: data.number("value"),
    window: data.text("window"),
    entities: [...data.texts("entities")],
    tags: [...data.texts("tags")],
    alerts: recipientsOf(data.get("alerts")),
    enabled: data.flag("enabled"),
  };
}

const read: Operation<DigitalOcean> = async (data, { client }) => {
  const answer = await askUnlessGone(data, "Error reading Alert", () =>
    client.call("getAlertPolicy", { alert_uuid: data.id }),
  );
  if (answer === undefined) return;
  const { policy } = answer;
  data.id = policy.uuid;
  data.set("description", policy.description);
  data.set("enabled", policy.enabled);
  data.set("compare", policy.compare);
  data.set("alerts", recipientsBlock(policy.alerts));
  // The provider holds it as a 32-bit float, so 0.1 comes back as another number and differs for ever.
  data.set("value", Math.fround(policy.value));
  data.set("window", policy.window);
  data.set("entities", policy.entities);
  data.set("tags", policy.tags);
  data.set("type", policy.type);
};

/** An alert on a metric (provider 2.99.1, monitoring/resource_monitor_alert.go). */
export const monitorAlert: DigitalOceanResource = {
  type: "digitalocean_monitor_alert",
  behaviour: {
    defaults: { enabled: true },
    diff_suppressed: {
      "alerts.slack.channel": differsOnlyInCase,
      "alerts.slack.url": differsOnlyInCase,
    },
    values_validated: {
      "alerts.slack.channel": notEmptyText,
      "alerts.slack.url": notEmptyText,
      compare: oneOf(["GreaterThan", "LessThan"]),
      tags: tagName,
      type: oneOf(METRICS),
      value: fractionAtLeast(0),
      window: oneOf(["5m", "10m", "30m", "1h"]),
    },
    least_items: { entities: 1 },
    crashes_when_empty: ["alerts"],
    answered_differently: ["value"],
  },
  create: async (data, context) => {
    const { policy } = await attempt("Error creating Alert Policy", () =>
      context.client.call("createAlertPolicy", {}, { body: policyOf(data) }),
    );
    data.id = policy.uuid;
    await read(data, context);
  },
  read,
  update: async (data, context) => {
    await attempt("Error updating monitoring alert", () =>
      context.client.call("updateAlertPolicy", { alert_uuid: data.id }, { body: policyOf(data) }),
    );
    await read(data, context);
  },
  delete: async (data, { client }) => {
    await attempt("Error deleting monitor alert", () =>
      client.call("deleteAlertPolicy", { alert_uuid: data.id }),
    );
  },
  importId: importById,
};
