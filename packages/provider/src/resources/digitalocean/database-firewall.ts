import type { DigitalOcean } from "@mam-infra/clients/digitalocean";
import { textIn, type ResourceData } from "../../engine/data.ts";
import { attempt } from "../../engine/failure.ts";
import type { Operation } from "../../engine/resource.ts";
import { notEmpty, oneOf } from "../../engine/rules.ts";
import { askUnlessGone, type DigitalOceanResource } from "./calls.ts";

/** Go's zero time, which the provider sends for a rule that it does not know the age of. */
const UNKNOWN_TIME = "0001-01-01T00:00:00Z";

const at = (data: ResourceData) => ({ cluster_id: data.text("cluster_id") });

function rulesOf(data: ResourceData) {
  return {
    rules: data.blocks("rule").map((rule) => ({
      uuid: textIn(rule, "uuid"),
      cluster_uuid: "",
      type: textIn(rule, "type"),
      value: textIn(rule, "value"),
      created_at: UNKNOWN_TIME,
    })),
  };
}

function wholeSeconds(rfc3339: string): string {
  return rfc3339.replace(/\.\d+(?=Z|[+-])/, "");
}

const read: Operation<DigitalOcean> = async (data, { client }) => {
  const answer = await askUnlessGone(data, "Error retrieving DatabaseFirewall", () =>
    client.call("getDatabaseFirewall", at(data)),
  );
  if (answer === undefined) return;
  const rules = (answer.rules ?? []).map(({ uuid, type, value, created_at }) => ({
    uuid,
    type,
    value,
    created_at: wholeSeconds(created_at),
  }));
  data.set("rule", rules);
};

/**
 * The trusted sources of a cluster (provider 2.99.1, database/resource_database_firewall.go). Each
 * write replaces all rules; destroying it writes an empty list, which opens the cluster to everyone.
 */
export const databaseFirewall: DigitalOceanResource = {
  type: "digitalocean_database_firewall",
  behaviour: {
    force_new: ["cluster_id"],
    values_validated: {
      cluster_id: notEmpty,
      "rule.type": oneOf(["ip_addr", "droplet", "k8s", "tag", "app"]),
      "rule.value": notEmpty,
    },
  },
  create: async (data, context) => {
    await attempt("Error creating DatabaseFirewall", () =>
      context.client.call("setDatabaseFirewall", at(data), { body: rulesOf(data) }),
    );
    data.id = context.uniqueId(`${data.text("cluster_id")}-`);
    await read(data, context);
  },
  read,
  update: async (data, context) => {
    await attempt("Error updating DatabaseFirewall", () =>
      context.client.call("setDatabaseFirewall", at(data), { body: rulesOf(data) }),
    );
    await read(data, context);
  },
  delete: async (data, { client }) => {
    await attempt("Error deleting DatabaseFirewall", () =>
      client.call("setDatabaseFirewall", at(data), { body: { rules: [] } }),
    );
  },
  importId: (id, data, { uniqueId }) => {
    data.id = uniqueId(`${id}-`);
    data.set("cluster_id", id);
  },
};
