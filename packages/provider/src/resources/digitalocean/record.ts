import type { DigitalOcean } from "@mam-infra/clients/digitalocean";
import type { PlanView } from "../../engine/behaviour.ts";
import type { ResourceData } from "../../engine/data.ts";
import { attempt, ProviderFailure } from "../../engine/failure.ts";
import type { Operation } from "../../engine/resource.ts";
import { notEmpty, numberAtLeast, numberBetween, oneOf } from "../../engine/rules.ts";
import { askUnlessGone, deleteIfThere, withoutEmpty, type DigitalOceanResource } from "./calls.ts";

const POINTING = ["CNAME", "MX", "NS", "SRV", "CAA"];
const CHANGED_TTL =
  "DNS requires that multiple records with the same FQDN share the same TTL. If inconsistent TTLs are " +
  "provided, DigitalOcean will rectify them automatically.\n\nFor reference, see RFC 2181, section 5.2: " +
  "https://www.rfc-editor.org/rfc/rfc2181#section-5.";

function requiredFor(type: string): readonly string[] {
  if (type === "MX") return ["priority"];
  if (type === "SRV") return ["priority", "weight"];
  return type === "CAA" ? ["flags", "tag"] : [];
}

function missingPart(plan: PlanView): string | undefined {
  const type = plan.text("type");
  const given = (name: string): boolean => (name === "tag" ? plan.has(name) : plan.exists(name));
  const missing = requiredFor(type).find((name) => !given(name));
  return missing === undefined
    ? undefined
    : `\`${missing}\` is required for when type is \`${type}\``;
}

function fqdn(name: string, domain: string): string {
  if (name === "@") return domain;
  const lower = name.toLowerCase();
  return lower.endsWith(`${domain}.`) ? lower.replace(/\.$/, "") : `${name}.${domain}`;
}

/** @throws ProviderFailure as Go's strconv.Atoi words it. */
function recordNumber(id: string): number {
  if (/^[+-]?\d+$/.test(id)) return Number(id);
  throw new ProviderFailure(
    `invalid record ID: strconv.Atoi: parsing ${JSON.stringify(id)}: invalid syntax`,
  );
}

function requestOf(data: ResourceData) {
  return {
    name: data.text("name"),
    data: data.text("value"),
    priority: data.number("priority"),
    port: data.number("port"),
    weight: data.number("weight"),
    flags: data.number("flags"),
    ...withoutEmpty({ ttl: data.number("ttl"), tag: data.text("tag") }),
  };
}

const read: Operation<DigitalOcean> = async (data, context) => {
  const wantedTtl = data.number("ttl");
  const domain = data.text("domain");
  const answer = await askUnlessGone(data, "Error retrieving record", () =>
    context.client.call("getRecord", { domain, record_id: recordNumber(data.id) }),
  );
  if (answer === undefined) return;
  const record = answer.domain_record;
  const ttl = record.ttl ?? 0;
  if (wantedTtl !== ttl) {
    context.warn(
      "digitalocean_record TTL changed",
      `The TTL for record ID ${record.id} changed from ${wantedTtl} to ${ttl}. ${CHANGED_TTL}`,
    );
  }
  const pointing = POINTING.includes(record.type) && record.data !== "@" && record.tag !== "iodef";
  data.set("name", record.name);
  data.set("type", record.type);
  data.set("value", pointing ? `${record.data}.` : record.data);
  data.set("port", record.port);
  data.set("priority", record.priority);
  data.set("ttl", ttl);
  data.set("weight", record.weight);
  data.set("flags", record.flags);
  data.set("tag", record.tag);
  data.set("fqdn", fqdn(record.name, domain));
};

/** A DNS record (provider 2.99.1, domain/resource_record.go). */
export const record: DigitalOceanResource = {
  type: "digitalocean_record",
  behaviour: {
    force_new: ["domain", "type"],
    diff_suppressed: {
      name: (old, wanted, readText) => {
        const zone = `${readText("domain")}.`;
        return (old === "@" && wanted === zone) || `${old}.${zone}` === wanted;
      },
      value: (old, wanted, readText) => {
        const zone = `${readText("domain")}.`;
        return (old === "@" && wanted === zone) || old === `${wanted}.${zone}`;
      },
    },
    values_validated: {
      domain: notEmpty,
      flags: numberBetween(0, 255),
      name: notEmpty,
      port: numberBetween(0, 65535),
      priority: numberBetween(0, 65535),
      tag: oneOf(["issue", "issuewild", "iodef"]),
      ttl: numberAtLeast(1),
      type: oneOf(["A", "AAAA", "CAA", "CNAME", "MX", "NS", "TXT", "SRV", "SOA"]),
      weight: numberBetween(0, 65535),
    },
    answered_differently: ["ttl"],
    custom_diff: missingPart,
  },
  create: async (data, context) => {
    const type = data.text("type");
    if (type === "SRV" && !data.exists("port")) {
      throw new ProviderFailure("`port` is required for when type is `SRV`");
    }
    const { domain_record: created } = await attempt("Failed to create record", () =>
      context.client.call(
        "createRecord",
        { domain: data.text("domain") },
        { body: { type, ...requestOf(data) } },
      ),
    );
    data.id = String(created.id);
    await read(data, context);
  },
  read,
  update: async (data, context) => {
    const parameters = { domain: data.text("domain"), record_id: recordNumber(data.id) };
    await attempt("Failed to update record", () =>
      context.client.call("updateRecord", parameters, { body: requestOf(data) }),
    );
    await read(data, context);
  },
  delete: async (data, { client }) => {
    const parameters = { domain: data.text("domain"), record_id: recordNumber(data.id) };
    await deleteIfThere("Error deleting record", () => client.call("deleteRecord", parameters));
  },
  importId: (id, data) => {
    const [domain, second] = id.split(",");
    if (second !== undefined) recordNumber(second);
    data.id = second ?? id;
    if (second !== undefined) data.set("domain", domain);
  },
};
