import type { DigitalOcean } from "@mam-infra/clients/digitalocean";
import type { ResourceData } from "../../engine/data.ts";
import { attempt } from "../../engine/failure.ts";
import { importById, type Operation } from "../../engine/resource.ts";
import { oneOf } from "../../engine/rules.ts";
import { askUnlessGone, type DigitalOceanResource } from "./calls.ts";

function checkOf(data: ResourceData) {
  return {
    name: data.text("name"),
    type: data.text("type"),
    target: data.text("target"),
    regions: data.has("regions") ? [...data.texts("regions")] : null,
    enabled: data.flag("enabled"),
  };
}

const read: Operation<DigitalOcean> = async (data, { client }) => {
  const answer = await askUnlessGone(data, "Error retrieving check", () =>
    client.call("getUptimeCheck", { check_id: data.id }),
  );
  if (answer === undefined) return;
  const { check } = answer;
  data.id = check.id;
  data.set("name", check.name);
  data.set("target", check.target);
  data.set("enabled", check.enabled);
  data.set("regions", check.regions);
  if (check.type !== "") data.set("type", check.type);
};

/** A check of a public address (provider 2.99.1, uptime/resource_uptime_check.go). */
export const uptimeCheck: DigitalOceanResource = {
  type: "digitalocean_uptime_check",
  behaviour: {
    force_new: ["id"],
    defaults: { enabled: true, type: "https" },
    values_validated: { type: oneOf(["ping", "http", "https"]) },
  },
  create: async (data, context) => {
    const { check } = await attempt("Error creating Check", () =>
      context.client.call("createUptimeCheck", {}, { body: checkOf(data) }),
    );
    data.id = check.id;
    await read(data, context);
  },
  read,
  update: async (data, context) => {
    await attempt("Error updating uptime check", () =>
      context.client.call("updateUptimeCheck", { check_id: data.id }, { body: checkOf(data) }),
    );
    await read(data, context);
  },
  delete: async (data, { client }) => {
    await attempt("Error deleting uptime checks", () =>
      client.call("deleteUptimeCheck", { check_id: data.id }),
    );
  },
  importId: importById,
};
