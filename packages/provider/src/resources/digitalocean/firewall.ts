import type { z } from "zod";
import type { DigitalOcean } from "@mam-infra/clients/digitalocean";
import type { firewall as firewallShape } from "@mam-infra/clients/digitalocean/droplets";
import { type PlainBlock, type ResourceData, textIn, textsOf } from "../../engine/data.ts";
import { attempt } from "../../engine/failure.ts";
import { importById, type Operation } from "../../engine/resource.ts";
import { notEmpty, oneOf } from "../../engine/rules.ts";
import { askUnlessGone, deleteIfThere, withoutEmpty, type DigitalOceanResource } from "./calls.ts";
import { tagName } from "./monitor-alert.ts";

type Firewall = z.infer<typeof firewallShape>;
type Target = NonNullable<Firewall["outbound_rules"]>[number]["destinations"];

const PROTOCOLS = ["tcp", "udp", "icmp"];

const numbersOf = (value: PlainBlock[string]) =>
  Array.isArray(value) ? value.filter((item) => typeof item === "number") : [];

/** The ends of a rule, whose names say which side they are on: `source_addresses`, `destination_tags`. */
function targetOf(block: PlainBlock, side: "source" | "destination"): Target {
  return withoutEmpty({
    addresses: textsOf(block[`${side}_addresses`]),
    tags: textsOf(block[`${side}_tags`]),
    droplet_ids: numbersOf(block[`${side}_droplet_ids`]),
    load_balancer_uids: textsOf(block[`${side}_load_balancer_uids`]),
    kubernetes_ids: textsOf(block[`${side}_kubernetes_ids`]),
  }) as Target; // lists of texts and numbers, whichever are there
}

function blockOf(target: Target, side: "source" | "destination"): PlainBlock {
  return {
    [`${side}_addresses`]: target.addresses ?? [],
    [`${side}_tags`]: target.tags ?? [],
    [`${side}_droplet_ids`]: target.droplet_ids ?? [],
    [`${side}_load_balancer_uids`]: target.load_balancer_uids ?? [],
    [`${side}_kubernetes_ids`]: target.kubernetes_ids ?? [],
  };
}

/** The API says 0 for all ports, and for a protocol that has none. */
function portsOf({ ports, protocol }: { readonly ports: string; readonly protocol: string }) {
  if (ports !== "0") return ports;
  return protocol === "icmp" ? "" : "all";
}

function requestOf(data: ResourceData) {
  const rule = (block: PlainBlock) => ({
    protocol: textIn(block, "protocol"),
    ports: textIn(block, "port_range"),
  });
  return {
    name: data.text("name"),
    inbound_rules: data
      .blocks("inbound_rule")
      .map((block) => ({ ...rule(block), sources: targetOf(block, "source") })),
    outbound_rules: data
      .blocks("outbound_rule")
      .map((block) => ({ ...rule(block), destinations: targetOf(block, "destination") })),
    droplet_ids: numbersOf(data.get("droplet_ids")),
    tags: [...data.texts("tags")],
  };
}

const read: Operation<DigitalOcean> = async (data, { client }) => {
  const answer = await askUnlessGone(data, "Error retrieving firewall", () =>
    client.call("getFirewall", { firewall_id: data.id }),
  );
  if (answer === undefined) return;
  const { firewall } = answer;
  data.set("name", firewall.name);
  data.set("status", firewall.status);
  data.set("created_at", firewall.created_at);
  data.set("pending_changes", []);
  data.set("droplet_ids", firewall.droplet_ids ?? []);
  data.set("tags", firewall.tags ?? []);
  data.set(
    "inbound_rule",
    (firewall.inbound_rules ?? []).map((rule) => ({
      protocol: rule.protocol,
      port_range: portsOf(rule),
      ...blockOf(rule.sources, "source"),
    })),
  );
  data.set(
    "outbound_rule",
    (firewall.outbound_rules ?? []).map((rule) => ({
      protocol: rule.protocol,
      port_range: portsOf(rule),
      ...blockOf(rule.destinations, "destination"),
    })),
  );
};

/** A firewall in front of Droplets (provider 2.99.1, firewall/resource_firewall.go). */
export const firewall: DigitalOceanResource = {
  type: "digitalocean_firewall",
  behaviour: {
    values_validated: {
      name: notEmpty,
      "inbound_rule.port_range": notEmpty,
      "inbound_rule.protocol": oneOf(PROTOCOLS),
      "outbound_rule.port_range": notEmpty,
      "outbound_rule.protocol": oneOf(PROTOCOLS),
      tags: tagName,
    },
  },
  create: async (data, context) => {
    const answer = await attempt("Error creating firewall", () =>
      context.client.call("createFirewall", {}, { body: requestOf(data) }),
    );
    data.id = answer.firewall.id;
    await read(data, context);
  },
  read,
  update: async (data, context) => {
    await attempt("Error updating firewall", () =>
      context.client.call("updateFirewall", { firewall_id: data.id }, { body: requestOf(data) }),
    );
    await read(data, context);
  },
  delete: async (data, { client }) => {
    await deleteIfThere("Error deleting firewall", () =>
      client.call("deleteFirewall", { firewall_id: data.id }),
    );
  },
  importId: importById,
};
