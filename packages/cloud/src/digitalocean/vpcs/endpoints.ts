import { z } from "zod";

import { created, endpoint, noContent, ok } from "../api/endpoint.ts";
import { pageQuery, paginate } from "../api/pagination.ts";
import { createVpc, deleteVpc, findVpc, membersOf, updateVpc } from "./vpc.ts";

const name = z.string().regex(/^[a-zA-Z0-9\-.]+$/);
const description = z.string().max(255);

/** `/v2/vpcs`. Source: DigitalOcean API description, `vpcs/`. */
export const vpcEndpoints = [
  endpoint({
    method: "GET",
    path: "/v2/vpcs",
    scope: "vpc:read",
    query: pageQuery,
    handle: ({ store, query, url }) => ok(paginate("vpcs", store.vpcs, { query, url })),
  }),
  endpoint({
    method: "POST",
    path: "/v2/vpcs",
    scope: "vpc:create",
    body: z.strictObject({
      name,
      region: z.string(),
      description: description.exactOptional(),
      ip_range: z.cidrv4().exactOptional(),
    }),
    handle: ({ store, body, at }) => created({ vpc: createVpc(store, body, at) }),
  }),
  endpoint({
    method: "GET",
    path: "/v2/vpcs/:vpc_id",
    scope: "vpc:read",
    handle: ({ store, params }) => ok({ vpc: findVpc(store, params.vpc_id) }),
  }),
  endpoint({
    method: "PUT",
    path: "/v2/vpcs/:vpc_id",
    scope: "vpc:update",
    body: z.strictObject({
      name,
      description: description.exactOptional(),
      default: z.boolean().exactOptional(),
    }),
    handle: ({ store, params, body }) =>
      ok({ vpc: updateVpc(store, findVpc(store, params.vpc_id), body) }),
  }),
  endpoint({
    method: "PATCH",
    path: "/v2/vpcs/:vpc_id",
    scope: "vpc:update",
    body: z.strictObject({
      name: name.exactOptional(),
      description: description.exactOptional(),
      default: z.boolean().exactOptional(),
    }),
    handle: ({ store, params, body }) =>
      ok({ vpc: updateVpc(store, findVpc(store, params.vpc_id), body) }),
  }),
  endpoint({
    method: "DELETE",
    path: "/v2/vpcs/:vpc_id",
    scope: "vpc:delete",
    handle: ({ store, params }) => {
      deleteVpc(store, findVpc(store, params.vpc_id));
      return noContent();
    },
  }),
  endpoint({
    method: "GET",
    path: "/v2/vpcs/:vpc_id/members",
    scope: "vpc:read",
    query: pageQuery.extend({ resource_type: z.string().exactOptional() }),
    handle: ({ store, params, query, url }) => {
      const members = membersOf(store, findVpc(store, params.vpc_id).id).filter(
        ({ urn }) =>
          query.resource_type === undefined || urn.startsWith(`do:${query.resource_type}:`),
      );
      return ok(paginate("members", members, { query, url }));
    },
  }),
];
