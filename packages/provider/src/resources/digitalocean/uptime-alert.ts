import type { DigitalOcean } from "@mam-infra/clients/digitalocean";
import type { ResourceData } from "../../engine/data.ts";
import { attempt } from "../../engine/failure.ts";
import type { Operation } from "../../engine/resource.ts";
import { notEmptyText, oneOf } from "../../engine/rules.ts";
import { askUnlessGone, importParts, type DigitalOceanResource } from "./calls.ts";
import { differsOnlyInCase, recipientsBlock, recipientsOf } from "./recipients.ts";

function alertOf(data: ResourceData) {
  return {
    name: data.text("name"),
    type: data.text("type"),
    threshold: data.number("threshold"),
    comparison: data.text("comparison"),
    notifications: recipientsOf(data.get("notifications")),
    period: data.text("period"),
  };
}

const read: Operation<DigitalOcean> = async (data, { client }) => {
  const parameters = { check_id: data.text("check_id"), alert_id: data.id };
  const answer = await askUnlessGone(data, "Error retrieving check", () =>
    client.call("getUptimeAlert", parameters),
  );
  if (answer === undefined) return;
  const { alert } = answer;
  data.id = alert.id;
  data.set("name", alert.name);
  data.set("type", alert.type);
  data.set("threshold", alert.threshold);
  data.set("notifications", recipientsBlock(alert.notifications));
  data.set("comparison", alert.comparison);
  data.set("period", alert.period);
};

/** An alert of an uptime check (provider 2.99.1, uptime/resource_uptime_alert.go). */
export const uptimeAlert: DigitalOceanResource = {
  type: "digitalocean_uptime_alert",
  behaviour: {
    diff_suppressed: {
      "notifications.slack.channel": differsOnlyInCase,
      "notifications.slack.url": differsOnlyInCase,
    },
    values_validated: {
      comparison: oneOf(["greater_than", "less_than"]),
      "notifications.slack.channel": notEmptyText,
      "notifications.slack.url": notEmptyText,
      period: oneOf(["2m", "3m", "5m", "10m", "15m", "30m", "1h"]),
      type: oneOf(["latency", "down", "down_global", "ssl_expiry"]),
    },
    crashes_when_empty: ["notifications"],
  },
  create: async (data, context) => {
    const { alert } = await attempt("Error creating Uptime Alert", () =>
      context.client.call(
        "createUptimeAlert",
        { check_id: data.text("check_id") },
        { body: alertOf(data) },
      ),
    );
    data.id = alert.id;
    await read(data, context);
  },
  read,
  update: async (data, context) => {
    const parameters = { check_id: data.text("check_id"), alert_id: data.id };
    await attempt("Error updating Alert", () =>
      context.client.call("updateUptimeAlert", parameters, { body: alertOf(data) }),
    );
    await read(data, context);
  },
  delete: async (data, { client }) => {
    const parameters = { check_id: data.text("check_id"), alert_id: data.id };
    await attempt("Error deleting uptime alerts", () =>
      client.call("deleteUptimeAlert", parameters),
    );
  },
  importId: (id, data) => {
    const [check, alert] = importParts(id, "IDs of the check and alert", "check_id,alert_id");
    data.id = alert;
    data.set("check_id", check);
  },
};
