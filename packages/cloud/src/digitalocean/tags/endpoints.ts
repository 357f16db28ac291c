import { z } from "zod";

import { created, endpoint, noContent, ok } from "../api/endpoint.ts";
import { notImplemented } from "../api/errors.ts";
import { pageQuery, paginate } from "../api/pagination.ts";
import { createTag, deleteTag, describeTag, findTag, tagResource, untagResource } from "./tag.ts";

const resourcesSchema = z.strictObject({
  resources: z.array(
    z.strictObject({
      resource_id: z.string(),
      resource_type: z.enum(["droplet", "image", "volume", "volume_snapshot", "database"]),
    }),
  ),
});

function databasesIn({ resources }: z.infer<typeof resourcesSchema>): string[] {
  return resources.map(({ resource_id: id, resource_type: type }) => {
    if (type !== "database") throw notImplemented(`tags on resources of type ${type}`);
    return id;
  });
}

/** `/v2/tags`. Source: DigitalOcean API description, `tags/`. */
export const tagEndpoints = [
  endpoint({
    method: "GET",
    path: "/v2/tags",
    scope: "tag:read",
    query: pageQuery,
    handle: ({ store, query, url }) => {
      const tags = store.tags.map((tag) => describeTag(store, tag));
      return ok(paginate("tags", tags, { query, url }));
    },
  }),
  endpoint({
    method: "POST",
    path: "/v2/tags",
    scope: "tag:create",
    body: z.strictObject({ name: z.string().regex(/^[a-zA-Z0-9_\-:]{1,255}$/) }),
    handle: ({ store, body }) => created({ tag: describeTag(store, createTag(store, body.name)) }),
  }),
  endpoint({
    method: "GET",
    path: "/v2/tags/:name",
    scope: "tag:read",
    handle: ({ store, params }) => ok({ tag: describeTag(store, findTag(store, params.name)) }),
  }),
  endpoint({
    method: "DELETE",
    path: "/v2/tags/:name",
    scope: "tag:delete",
    handle: ({ store, params }) => {
      deleteTag(store, findTag(store, params.name));
      return noContent();
    },
  }),
  endpoint({
    method: "POST",
    path: "/v2/tags/:name/resources",
    scope: "tag:create",
    body: resourcesSchema,
    handle: ({ store, params, body }) => {
      const { name } = findTag(store, params.name);
      databasesIn(body).forEach((id) => {
        tagResource(store, name, id);
      });
      return noContent();
    },
  }),
  endpoint({
    method: "DELETE",
    path: "/v2/tags/:name/resources",
    scope: "tag:delete",
    body: resourcesSchema,
    handle: ({ store, params, body }) => {
      const { name } = findTag(store, params.name);
      databasesIn(body).forEach((id) => {
        untagResource(store, name, id);
      });
      return noContent();
    },
  }),
];
