import { z } from "zod";

import { created, endpoint, noContent, ok } from "../api/endpoint.ts";
import { pageQuery, paginate } from "../api/pagination.ts";
import {
  assignResources,
  createProject,
  deleteProject,
  findProject,
  updateProject,
} from "./project.ts";

const text = (maximum: number) => z.string().max(maximum);
const environment = z.enum(["Development", "Staging", "Production", ""]);

const createSchema = z.strictObject({
  name: text(175).min(1),
  purpose: text(255).min(1),
  description: text(255).exactOptional(),
  environment: environment.exactOptional(),
});

const patchSchema = z.strictObject({
  name: text(175).min(1).exactOptional(),
  purpose: text(255).min(1).exactOptional(),
  description: text(255).exactOptional(),
  environment: environment.exactOptional(),
  is_default: z.boolean().exactOptional(),
});

const putSchema = z.strictObject({
  name: text(175).min(1),
  purpose: text(255).min(1),
  description: text(255),
  environment,
  is_default: z.boolean(),
});

const kinds: Record<string, string> = {
  app: "apps",
  dbaas: "databases",
  droplet: "droplets",
  domain: "domains",
  space: "spaces",
  vpc: "vpcs",
};

const linkOf = (origin: string, urn: string) => {
  const [, kind = "", id = ""] = urn.split(":");
  return { self: `${origin}/v2/${kinds[kind] ?? kind}/${id}` };
};

/** `/v2/projects`; `default` stands for the default project's id. Source: DigitalOcean API description, `projects/`. */
export const projectEndpoints = [
  endpoint({
    method: "GET",
    path: "/v2/projects",
    scope: "project:read",
    query: pageQuery,
    handle: ({ store, query, url }) => ok(paginate("projects", store.projects, { query, url })),
  }),
  endpoint({
    method: "POST",
    path: "/v2/projects",
    scope: "project:create",
    body: createSchema,
    handle: ({ store, body, at }) => created({ project: createProject(store, body, at) }),
  }),
  endpoint({
    method: "GET",
    path: "/v2/projects/:id",
    scope: "project:read",
    handle: ({ store, params }) => ok({ project: findProject(store, params.id) }),
  }),
  endpoint({
    method: "PATCH",
    path: "/v2/projects/:id",
    scope: "project:update",
    body: patchSchema,
    handle: ({ store, params, body, at }) =>
      ok({ project: updateProject(store, findProject(store, params.id), body, at) }),
  }),
  endpoint({
    method: "PUT",
    path: "/v2/projects/:id",
    scope: "project:update",
    body: putSchema,
    handle: ({ store, params, body, at }) =>
      ok({ project: updateProject(store, findProject(store, params.id), body, at) }),
  }),
  endpoint({
    method: "DELETE",
    path: "/v2/projects/:id",
    scope: "project:delete",
    handle: ({ store, params }) => {
      deleteProject(store, findProject(store, params.id));
      return noContent();
    },
  }),
  endpoint({
    method: "GET",
    path: "/v2/projects/:id/resources",
    scope: "project:read",
    query: pageQuery,
    handle: ({ store, params, query, url, origin }) => {
      const { id } = findProject(store, params.id);
      const resources = store.assignments
        .filter(({ project_id: project }) => project === id)
        .map(({ urn, assigned_at }) => ({
          urn,
          assigned_at,
          links: linkOf(origin, urn),
          status: "ok",
        }));
      return ok(paginate("resources", resources, { query, url }));
    },
  }),
  endpoint({
    method: "POST",
    path: "/v2/projects/:id/resources",
    scope: "project:update",
    body: z.strictObject({ resources: z.array(z.string().regex(/^do:[a-z]+:.+$/)) }),
    handle: ({ store, params, body, at, origin }) => {
      const project = findProject(store, params.id);
      const resources = assignResources(store, project, body.resources, at);
      return ok({
        resources: resources.map((one) => ({ ...one, links: linkOf(origin, one.urn) })),
      });
    },
  }),
];
