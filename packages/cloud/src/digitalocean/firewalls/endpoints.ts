import { z } from "zod";

import { endpoint, noContent, ok } from "../api/endpoint.ts";
import { pageQuery, paginate } from "../api/pagination.ts";
import { createFirewall, describeFirewall, findFirewall, updateFirewall } from "./firewall.ts";

const orNone = <Item extends z.ZodType>(item: Item) =>
  z
    .array(item)
    .nullish()
    .transform((list) => list ?? []);

const target = z.strictObject({
  addresses: z.array(z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()])).exactOptional(),
  droplet_ids: z.array(z.int()).exactOptional(),
  load_balancer_uids: z.array(z.string()).exactOptional(),
  kubernetes_ids: z.array(z.string()).exactOptional(),
  tags: z.array(z.string()).exactOptional(),
});

const base = {
  protocol: z.enum(["tcp", "udp", "icmp"]),
  ports: z.string().regex(/^(?:all|\d{1,5}(?:-\d{1,5})?)$/),
};

const request = z.strictObject({
  name: z.string().regex(/^[a-zA-Z0-9][a-zA-Z0-9.-]+$/),
  inbound_rules: orNone(z.strictObject({ ...base, sources: target })),
  outbound_rules: orNone(z.strictObject({ ...base, destinations: target })),
  droplet_ids: orNone(z.int()),
  tags: orNone(z.string()),
});

/** `/v2/firewalls`. Source: DigitalOcean API description, `firewalls/`. */
export const firewallEndpoints = [
  endpoint({
    method: "GET",
    path: "/v2/firewalls",
    scope: "firewall:read",
    query: pageQuery,
    handle: ({ store, query, url }) =>
      ok(paginate("firewalls", store.firewalls.map(describeFirewall), { query, url })),
  }),
  endpoint({
    method: "POST",
    path: "/v2/firewalls",
    scope: "firewall:create",
    body: request,
    handle: ({ store, body, at }) => ({
      status: 202,
      body: { firewall: describeFirewall(createFirewall(store, body, at)) },
    }),
  }),
  endpoint({
    method: "GET",
    path: "/v2/firewalls/:firewall_id",
    scope: "firewall:read",
    handle: ({ store, params }) =>
      ok({ firewall: describeFirewall(findFirewall(store, params.firewall_id)) }),
  }),
  endpoint({
    method: "PUT",
    path: "/v2/firewalls/:firewall_id",
    scope: "firewall:update",
    body: request,
    handle: ({ store, params, body }) => {
      const firewall = findFirewall(store, params.firewall_id);
      updateFirewall(store, firewall, body);
      return ok({ firewall: describeFirewall(firewall) });
    },
  }),
  endpoint({
    method: "DELETE",
    path: "/v2/firewalls/:firewall_id",
    scope: "firewall:delete",
    handle: ({ store, params }) => {
      store.firewalls.splice(store.firewalls.indexOf(findFirewall(store, params.firewall_id)), 1);
      return noContent();
    },
  }),
];
