import type { LeftoverType } from "./leftover-type.ts";

/** Types of machines with a card, with what the provider digitalocean 2.99.1 imports them by (docs/resources/, Import). */
export const machineTypes: readonly LeftoverType[] = [
  {
    type: "digitalocean_droplet",
    noun: "machine",
    // It was told what it has to know once, and nobody knows what: a deployment makes another.
    importable: false,
    severalUnderOneName: true,
    find: async ({ machines }, read) => {
      const wanted = await read("name");
      return (await machines())
        .filter(({ name }) => name === wanted)
        .map(({ name, id }) => ({ name: `${name} (Droplet ${id})`, id: String(id) }));
    },
    remove: async (connections, { id }) => {
      await connections.digitalOcean().call("deleteDroplet", { droplet_id: id });
    },
  },
  {
    type: "digitalocean_firewall",
    noun: "firewall",
    importable: true,
    find: async ({ firewalls }, read) => {
      const wanted = await read("name");
      return (await firewalls())
        .filter(({ name }) => name === wanted)
        .map(({ name, id }) => ({ name, id }));
    },
    remove: async (connections, { id }) => {
      await connections.digitalOcean().call("deleteFirewall", { firewall_id: id });
    },
  },
  {
    type: "digitalocean_tag",
    noun: "tag",
    importable: true,
    find: async ({ tags }, read) => {
      const wanted = await read("name");
      return (await tags())
        .filter(({ name }) => name === wanted)
        .map(({ name }) => ({ name, id: name }));
    },
    remove: async (connections, { id }) => {
      await connections.digitalOcean().call("deleteTag", { tag_id: id });
    },
  },
];
