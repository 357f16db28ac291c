import { z } from "zod";

import { created, endpoint, noContent, ok } from "../api/endpoint.ts";
import { notImplemented, unprocessable } from "../api/errors.ts";
import { pageQuery, paginate } from "../api/pagination.ts";
import { describeDroplet } from "./description.ts";
import { createDroplet, destroyDroplet, findDroplet, hasCard, shutDown } from "./droplet.ts";

const createSchema = z.strictObject({
  name: z
    .string()
    .max(255)
    .regex(/^[a-zA-Z0-9]?[a-z0-9A-Z.-]*[a-z0-9A-Z]$/),
  region: z.string(),
  size: z.string(),
  image: z.union([z.string(), z.int()]),
  ssh_keys: z.array(z.union([z.string(), z.int()])).exactOptional(),
  backups: z.boolean().exactOptional(),
  ipv6: z.boolean().exactOptional(),
  private_networking: z.boolean().exactOptional(),
  monitoring: z.boolean().default(false),
  tags: z
    .array(z.string().regex(/^[a-zA-Z0-9_\-:]{1,255}$/))
    .nullish()
    .transform((list) => list ?? []),
  user_data: z.string().exactOptional(),
  vpc_uuid: z.string().exactOptional(),
});

/** What the rehearsal does not play of a new Droplet: each would change what stands. */
function refuseUnplayed({ ssh_keys: keys = [], backups, ipv6 }: z.infer<typeof createSchema>) {
  if (keys.length > 0) throw notImplemented("SSH keys of Droplets");
  if (backups === true) throw notImplemented("backups of Droplets");
  if (ipv6 === true) throw notImplemented("IPv6 of Droplets");
}

/** `/v2/droplets`. Source: DigitalOcean API description, `droplets/`. */
export const dropletEndpoints = [
  endpoint({
    method: "GET",
    path: "/v2/droplets",
    scope: "droplet:read",
    query: pageQuery.extend({
      tag_name: z.string().exactOptional(),
      name: z.string().exactOptional(),
      type: z.enum(["droplets", "gpus"]).exactOptional(),
    }),
    handle: ({ store, query, url }) => {
      const { tag_name: tag, name, type } = query;
      if (tag !== undefined && (name ?? type) !== undefined)
        throw unprocessable("tag_name cannot be combined with name or type.");
      const found = store.droplets.filter((one) =>
        tag === undefined
          ? hasCard(one) === (type === "gpus") && (name === undefined || one.name === name)
          : one.tags.includes(tag),
      );
      return ok(paginate("droplets", found.map(describeDroplet), { query, url }));
    },
  }),
  endpoint({
    method: "POST",
    path: "/v2/droplets",
    scope: "droplet:create",
    body: createSchema,
    handle: ({ store, body, at }) => {
      refuseUnplayed(body);
      const droplet = createDroplet(store, { ...body, image: String(body.image) }, at);
      return { status: 202, body: { droplet: describeDroplet(droplet), links: {} } };
    },
  }),
  endpoint({
    method: "GET",
    path: "/v2/droplets/:droplet_id",
    scope: "droplet:read",
    handle: ({ store, params }) =>
      ok({ droplet: describeDroplet(findDroplet(store, params.droplet_id)) }),
  }),
  endpoint({
    method: "DELETE",
    path: "/v2/droplets/:droplet_id",
    scope: "droplet:delete",
    handle: ({ store, params }) => {
      destroyDroplet(store, findDroplet(store, params.droplet_id));
      return noContent();
    },
  }),
  endpoint({
    method: "POST",
    path: "/v2/droplets/:droplet_id/actions",
    scope: "droplet:update",
    body: z.looseObject({ type: z.string() }),
    handle: ({ store, params, body, at }) => {
      const droplet = findDroplet(store, params.droplet_id);
      if (body.type !== "shutdown") throw notImplemented(`the action ${body.type} of a Droplet`);
      shutDown(store, droplet, at);
      const action = {
        id: 36_804_636,
        status: "in-progress",
        type: body.type,
        started_at: at.toISOString(),
        completed_at: null,
        resource_id: droplet.id,
        resource_type: "droplet",
        region_slug: droplet.region,
      };
      return created({ action });
    },
  }),
];
