import { z } from "zod";
import { type Endpoint, links, nothing } from "./endpoint.ts";

/** A virtual machine. */
export const droplet = z.looseObject({
  id: z.number(),
  name: z.string(),
  status: z.string(),
  locked: z.boolean().nullish(),
  memory: z.number(),
  vcpus: z.number(),
  disk: z.number(),
  created_at: z.string(),
  size_slug: z.string(),
  size: z.looseObject({ price_hourly: z.number().nullish(), price_monthly: z.number().nullish() }),
  region: z.looseObject({ slug: z.string() }),
  vpc_uuid: z.string().nullish(),
  features: z.array(z.string()).nullish(),
  volume_ids: z.array(z.string()).nullish(),
  tags: z.array(z.string()).nullish(),
  networks: z.looseObject({
    v4: z.array(z.looseObject({ ip_address: z.string(), type: z.string() })).nullish(),
  }),
});

const target = z.looseObject({
  addresses: z.array(z.string()).nullish(),
  droplet_ids: z.array(z.number()).nullish(),
  load_balancer_uids: z.array(z.string()).nullish(),
  kubernetes_ids: z.array(z.string()).nullish(),
  tags: z.array(z.string()).nullish(),
});
const rule = { protocol: z.string(), ports: z.string() };
const rules = {
  inbound_rules: z.array(z.looseObject({ ...rule, sources: target })).nullish(),
  outbound_rules: z.array(z.looseObject({ ...rule, destinations: target })).nullish(),
};

/** A firewall in front of Droplets. */
export const firewall = z.looseObject({
  id: z.string(),
  name: z.string(),
  status: z.string(),
  created_at: z.string(),
  droplet_ids: z.array(z.number()).nullish(),
  tags: z.array(z.string()).nullish(),
  ...rules,
});

const firewallRequest = z.looseObject({
  name: z.string(),
  droplet_ids: z.array(z.number()),
  tags: z.array(z.string()),
  ...rules,
});

const tagged = z.looseObject({ count: z.number().nullish() });

/** A tag, and how much has it. */
export const tag = z.looseObject({
  name: z.string(),
  resources: z.looseObject({
    count: z.number(),
    databases: tagged.nullish(),
    droplets: tagged.nullish(),
    images: tagged.nullish(),
    volumes: tagged.nullish(),
    volume_snapshots: tagged.nullish(),
  }),
});

const oneDroplet = z.looseObject({ droplet });
const oneFirewall = z.looseObject({ firewall });
const oneTag = z.looseObject({ tag });
const firewallPath = "/v2/firewalls/{firewall_id}";

/** Calls about virtual machines, their firewalls and their tags. */
export const droplets = {
  createDroplet: {
    method: "POST",
    path: "/v2/droplets",
    request: z.looseObject({
      name: z.string(),
      region: z.string(),
      size: z.string(),
      image: z.union([z.string(), z.number()]),
      ssh_keys: z.array(z.string()),
      backups: z.boolean(),
      ipv6: z.boolean(),
      private_networking: z.boolean(),
      monitoring: z.boolean(),
      tags: z.array(z.string()),
      user_data: z.string().nullish(),
      vpc_uuid: z.string().nullish(),
    }),
    response: oneDroplet,
  },
  getDroplet: { method: "GET", path: "/v2/droplets/{droplet_id}", response: oneDroplet },
  listDroplets: {
    method: "GET",
    path: "/v2/droplets",
    response: z.looseObject({ droplets: z.array(droplet).nullish(), links }),
  },
  deleteDroplet: { method: "DELETE", path: "/v2/droplets/{droplet_id}", response: nothing },
  actOnDroplet: {
    method: "POST",
    path: "/v2/droplets/{droplet_id}/actions",
    request: z.looseObject({ type: z.string() }),
    response: z.looseObject({ action: z.looseObject({ id: z.number(), status: z.string() }) }),
  },
  createFirewall: {
    method: "POST",
    path: "/v2/firewalls",
    request: firewallRequest,
    response: oneFirewall,
  },
  getFirewall: { method: "GET", path: firewallPath, response: oneFirewall },
  updateFirewall: {
    method: "PUT",
    path: firewallPath,
    request: firewallRequest,
    response: oneFirewall,
  },
  listFirewalls: {
    method: "GET",
    path: "/v2/firewalls",
    response: z.looseObject({ firewalls: z.array(firewall).nullish(), links }),
  },
  deleteFirewall: { method: "DELETE", path: firewallPath, response: nothing },
  createTag: {
    method: "POST",
    path: "/v2/tags",
    request: z.looseObject({ name: z.string() }),
    response: oneTag,
  },
  getTag: { method: "GET", path: "/v2/tags/{tag_id}", response: oneTag },
  listTags: {
    method: "GET",
    path: "/v2/tags",
    response: z.looseObject({ tags: z.array(tag).nullish(), links }),
  },
  deleteTag: { method: "DELETE", path: "/v2/tags/{tag_id}", response: nothing },
} as const satisfies Record<string, Endpoint>;
