import type { DigitalOcean } from "@mam-infra/clients/digitalocean";
import { attempt } from "../../engine/failure.ts";
import { importById, type Operation } from "../../engine/resource.ts";
import { askUnlessGone, deleteIfThere, type DigitalOceanResource } from "./calls.ts";
import { tagName } from "./monitor-alert.ts";

/** What a tag can be on; the state has a count of each. */
const KINDS = ["databases", "droplets", "images", "volumes", "volume_snapshots"] as const;

const read: Operation<DigitalOcean> = async (data, { client }) => {
  const answer = await askUnlessGone(data, "Error retrieving tag", () =>
    client.call("getTag", { tag_id: data.id }),
  );
  if (answer === undefined) return;
  const { name, resources } = answer.tag;
  data.set("name", name);
  data.set("total_resource_count", resources.count);
  for (const kind of KINDS) data.set(`${kind}_count`, resources[kind]?.count ?? 0);
};

/** A tag (provider 2.99.1, tag/resource_tag.go). */
export const tag: DigitalOceanResource = {
  type: "digitalocean_tag",
  behaviour: { force_new: ["name"], values_validated: { name: tagName } },
  create: async (data, context) => {
    const answer = await attempt("Error creating tag", () =>
      context.client.call("createTag", {}, { body: { name: data.text("name") } }),
    );
    data.id = answer.tag.name;
    await read(data, context);
  },
  read,
  delete: async (data, { client }) => {
    await deleteIfThere("Error deleting tag", () => client.call("deleteTag", { tag_id: data.id }));
  },
  importId: importById,
};
