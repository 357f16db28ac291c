import type { EffectRow, TypeEffects } from "../effect.ts";

const drained = "its worker gives back what it was making, and another goes on with it";

/**
 * Machines with a card. They are never changed: `mam deploy` makes another one, which it tells what it has to know. Read in
 * the source of the provider (2.99.1, droplet/resource_droplet.go); nothing of it was measured.
 */
const droplet: TypeEffects = {
  type: "digitalocean_droplet",
  replaced: `it is shut down first: ${drained}; then it is destroyed, and another is made and waited for`,
  destroyed: `it is shut down first: ${drained}; then it is destroyed, and billed no more`,
  rows: [
    ...[
      ...["droplet_agent", "gpu_partition_mode", "image", "monitoring", "public_networking"],
      ...["region", "ssh_keys", "user_data", "vpc_uuid"],
    ].map((argument): EffectRow => ({ argument, planned: "replaced" })),
    {
      argument: "size",
      planned: "in place",
      outcome: "refused",
      means: "a machine with a card is not resized: the platform refuses it",
    },
    { argument: "timeouts", planned: "nothing" },
    { argument: "*", planned: "in place" },
  ],
};

/** What stands in front of machines. */
const firewall: TypeEffects = {
  type: "digitalocean_firewall",
  replaced:
    "for a moment nothing stands in front of the machines: whoever knows an address reaches what listens there",
  destroyed: "nothing stands in front of machines that stay",
  rows: [
    {
      argument: "inbound_rule",
      planned: "in place",
      means: "somebody is let in, or no more; connections that stand go on",
    },
    {
      argument: "outbound_rule",
      planned: "in place",
      means: "a machine that is not let out to storage, Valkey or the API makes no preview",
    },
    {
      argument: "tags",
      planned: "in place",
      means: "machines without its tag have no firewall",
    },
    { argument: "*", planned: "in place" },
  ],
};

/** What machines are found by. */
const tag: TypeEffects = {
  type: "digitalocean_tag",
  replaced: "the tag is taken off every machine: for a moment no firewall stands in front of them",
  destroyed: "the tag is taken off everything that has it: no firewall stands in front of that",
  rows: [{ argument: "name", planned: "replaced" }],
};

/** What a machine was made from, which is in the state alone. */
const madeFrom: TypeEffects = {
  type: "terraform_data",
  rows: [
    {
      argument: "input",
      planned: "in place",
      means: "its machine is replaced by one that is made from that",
    },
    { argument: "*", planned: "in place" },
  ],
};

/** What the changes of machines, and of what is around them, do. */
export const machineEffects: readonly TypeEffects[] = [droplet, firewall, tag, madeFrom];
