import type { DigitalOcean } from "@mam-infra/clients/digitalocean";
import { attempt } from "../../engine/failure.ts";
import { importById, type Operation } from "../../engine/resource.ts";
import { notEmpty } from "../../engine/rules.ts";
import { askUnlessGone, withoutEmpty, type DigitalOceanResource } from "./calls.ts";

const read: Operation<DigitalOcean> = async (data, { client }) => {
  const answer = await askUnlessGone(data, "Error retrieving domain", () =>
    client.call("getDomain", { domain: data.id }),
  );
  if (answer === undefined) return;
  data.set("name", answer.domain.name);
  data.set("urn", `do:domain:${answer.domain.name}`);
  data.set("ttl", answer.domain.ttl);
};

/** A DNS zone (provider 2.99.1, domain/resource_domain.go). */
export const domain: DigitalOceanResource = {
  type: "digitalocean_domain",
  behaviour: {
    force_new: ["ip_address", "name"],
    values_validated: { ip_address: notEmpty, name: notEmpty },
  },
  create: async (data, context) => {
    const body = {
      name: data.text("name"),
      ...withoutEmpty({ ip_address: data.text("ip_address") }),
    };
    const { domain: created } = await attempt("Error creating Domain", () =>
      context.client.call("createDomain", {}, { body }),
    );
    data.id = created.name;
    await read(data, context);
  },
  read,
  delete: async (data, { client }) => {
    await attempt("Error deleting Domain", () => client.call("deleteDomain", { domain: data.id }));
  },
  importId: importById,
};
