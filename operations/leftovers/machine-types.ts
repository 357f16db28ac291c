import type { LeftoverType } from "./leftover-type.ts";
import { named } from "./named.ts";

/** Types of machines with a card, with what the provider digitalocean 2.99.1 imports them by (docs/resources/, Import). */
export const machineTypes: readonly LeftoverType[] = [
  {
    type: "digitalocean_droplet",
    noun: "machine",
    // It was told what it has to know once, and nobody knows what: a deployment makes another.
    importable: false,
    severalUnderOneName: true,
    find: async ({ machines }, read) => {
      const all = (await machines()).map(({ name, id }) => ({ name, id: String(id) }));
      // Several may have the name.
      return named(all, await read("name")).map(({ name, id }) => ({
        name: `${name} (Droplet ${id})`,
        id,
      }));
    },
    remove: async (connections, { id }) => {
      await connections.digitalOcean().call("deleteDroplet", { droplet_id: id });
    },
  },
  {
    type: "digitalocean_firewall",
    noun: "firewall",
    importable: true,
    find: async ({ firewalls }, read) => named(await firewalls(), await read("name")),
    remove: async (connections, { id }) => {
      await connections.digitalOcean().call("deleteFirewall", { firewall_id: id });
    },
  },
  {
    type: "digitalocean_tag",
    noun: "tag",
    importable: true,
    find: async ({ tags }, read) => {
      const all = (await tags()).map(({ name }) => ({ name, id: name }));
      return named(all, await read("name"));
    },
    remove: async (connections, { id }) => {
      await connections.digitalOcean().call("deleteTag", { tag_id: id });
    },
  },
];
