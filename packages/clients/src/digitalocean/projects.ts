import { z } from "zod";
import { links, nothing, type Endpoint } from "./endpoint.ts";

/** A project. */
export const project = z.looseObject({
  id: z.string(),
  owner_uuid: z.string().nullish(),
  owner_id: z.number().nullish(),
  name: z.string(),
  description: z.string().nullish(),
  purpose: z.string().nullish(),
  environment: z.string().nullish(),
  is_default: z.boolean().nullish(),
  created_at: z.string().nullish(),
  updated_at: z.string().nullish(),
});

const resources = z.looseObject({
  resources: z.array(z.looseObject({ urn: z.string() })).nullish(),
  links,
});
const oneProject = z.looseObject({ project });
const tagged = z.looseObject({
  resources: z.array(z.looseObject({ resource_id: z.string(), resource_type: z.string() })),
});

/** Calls about projects and tags. */
export const projects = {
  createProject: {
    method: "POST",
    path: "/v2/projects",
    request: z.looseObject({
      name: z.string(),
      description: z.string(),
      purpose: z.string(),
      environment: z.string(),
    }),
    response: oneProject,
  },
  getProject: { method: "GET", path: "/v2/projects/{project_id}", response: oneProject },
  getDefaultProject: { method: "GET", path: "/v2/projects/default", response: oneProject },
  updateProject: {
    method: "PATCH",
    path: "/v2/projects/{project_id}",
    request: z.looseObject({
      name: z.string(),
      description: z.string(),
      purpose: z.string(),
      environment: z.string(),
      is_default: z.boolean(),
    }),
    response: oneProject,
  },
  deleteProject: { method: "DELETE", path: "/v2/projects/{project_id}", response: nothing },
  listProjectResources: {
    method: "GET",
    path: "/v2/projects/{project_id}/resources",
    response: resources,
  },
  assignProjectResources: {
    method: "POST",
    path: "/v2/projects/{project_id}/resources",
    request: z.looseObject({ resources: z.array(z.string()) }),
    response: resources,
  },
  createTag: {
    method: "POST",
    path: "/v2/tags",
    request: z.looseObject({ name: z.string() }),
    response: nothing,
  },
  tagResources: {
    method: "POST",
    path: "/v2/tags/{tag}/resources",
    request: tagged,
    response: nothing,
  },
  untagResources: {
    method: "DELETE",
    path: "/v2/tags/{tag}/resources",
    request: tagged,
    response: nothing,
  },
} as const satisfies Record<string, Endpoint>;
