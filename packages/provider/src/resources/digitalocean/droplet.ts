import { createHash } from "node:crypto";

import type { DigitalOcean } from "@mam-infra/clients/digitalocean";
import { attempt, ProviderFailure } from "../../engine/failure.ts";
import { importById, type Operation } from "../../engine/resource.ts";
import { notEmpty } from "../../engine/rules.ts";
import { askUnlessGone, deleteIfThere, withoutEmpty, type DigitalOceanResource } from "./calls.ts";
import { waitForStatus, waitUntilGone } from "./droplet-wait.ts";
import { tagName } from "./monitor-alert.ts";

/** What the state keeps of user data: never itself (util.HashStringStateFunc). */
function hashed(text: string): string {
  return text === "" ? "" : createHash("sha1").update(text).digest("hex");
}

const read: Operation<DigitalOcean> = async (data, { client }) => {
  const answer = await askUnlessGone(data, "Error retrieving droplet", () =>
    client.call("getDroplet", { droplet_id: data.id }),
  );
  if (answer === undefined) return;
  const { droplet } = answer;
  const has = (feature: string) => droplet.features?.includes(feature) ?? false;
  const addressOf = (type: string) =>
    droplet.networks.v4?.find((one) => one.type === type)?.ip_address ?? "";
  data.set("name", droplet.name);
  data.set("urn", `do:droplet:${droplet.id}`);
  data.set("region", droplet.region.slug);
  data.set("size", droplet.size_slug);
  data.set("price_hourly", droplet.size.price_hourly);
  data.set("price_monthly", droplet.size.price_monthly);
  data.set("disk", droplet.disk);
  data.set("vcpus", droplet.vcpus);
  data.set("memory", droplet.memory);
  data.set("status", droplet.status);
  data.set("locked", droplet.locked ?? false);
  data.set("created_at", droplet.created_at);
  data.set("vpc_uuid", droplet.vpc_uuid);
  data.set("ipv4_address", addressOf("public"));
  data.set("ipv4_address_private", addressOf("private"));
  data.set("ipv6", has("ipv6"));
  data.set("ipv6_address", "");
  data.set("backups", has("backups"));
  data.set("monitoring", has("monitoring"));
  data.set("private_networking", has("private_networking"));
  data.set("public_networking", addressOf("public") !== "");
  data.set("volume_ids", droplet.volume_ids ?? []);
  data.set("tags", droplet.tags ?? []);
};

/** A virtual machine (provider 2.99.1, droplet/resource_droplet.go), as far as a machine that is never changed needs it. */
export const droplet: DigitalOceanResource = {
  type: "digitalocean_droplet",
  behaviour: {
    force_new: [
      ...["droplet_agent", "gpu_partition_mode", "image", "monitoring", "public_networking"],
      ...["region", "ssh_keys", "user_data", "vpc_uuid"],
    ],
    defaults: {
      backups: false,
      graceful_shutdown: false,
      ipv6: false,
      monitoring: false,
      resize_disk: true,
    },
    diff_suppressed: { user_data: (old, wanted) => wanted !== "" && old === hashed(wanted) },
    state_normalised: {
      region: (text) => text.toLowerCase(),
      size: (text) => text.toLowerCase(),
    },
    values_validated: {
      image: notEmpty,
      name: notEmpty,
      region: notEmpty,
      size: notEmpty,
      tags: tagName,
      user_data: notEmpty,
      vpc_uuid: notEmpty,
    },
    // Its hash is stored. The real provider carries the text past its own plan; this one only past its state.
    answered_differently: ["user_data"],
    not_rehearsed: {
      backup_policy: "backups of Droplets are not played",
      droplet_agent: "the agent of the web console is not played",
      gpu_partition_mode: "partitions of a card are not played",
      ssh_keys: "SSH keys of Droplets are not played",
    },
    timeouts: { create: 60 * 60, update: 60 * 60, delete: 60 },
  },
  create: async (data, context) => {
    const userData = data.text("user_data");
    const answer = await attempt("Error creating droplet", () =>
      context.client.call(
        "createDroplet",
        {},
        {
          body: {
            name: data.text("name"),
            region: data.text("region"),
            size: data.text("size"),
            image: data.text("image"),
            ssh_keys: [],
            backups: data.flag("backups"),
            ipv6: data.flag("ipv6"),
            private_networking: data.flag("private_networking"),
            monitoring: data.flag("monitoring"),
            tags: [...data.texts("tags")],
            ...withoutEmpty({ user_data: userData, vpc_uuid: data.text("vpc_uuid") }),
          },
        },
      ),
    );
    data.id = String(answer.droplet.id);
    data.set("user_data", hashed(userData));
    await waitForStatus(data, context, "active", "create");
    await read(data, context);
  },
  read,
  update: async (data, context) => {
    const never = ["backups", "ipv6", "name", "private_networking", "size", "tags", "volume_ids"];
    const changed = never.find((name) => data.changed(name));
    if (changed !== undefined) {
      throw new ProviderFailure(
        `the rehearsal does not change ${changed} of a Droplet that stands`,
      );
    }
    await read(data, context);
  },
  delete: async (data, context) => {
    const at = { droplet_id: data.id };
    if (data.flag("graceful_shutdown")) {
      await attempt("Error shutting down the droplet", () =>
        context.client.call("actOnDroplet", at, { body: { type: "shutdown" } }),
      );
      await waitForStatus(data, context, "off", "delete");
    }
    await deleteIfThere("Error deleting droplet", () => context.client.call("deleteDroplet", at));
    await waitUntilGone(data, context);
  },
  importId: importById,
};
