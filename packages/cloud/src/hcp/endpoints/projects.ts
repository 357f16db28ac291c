import { z } from "zod";

import { listDocument, projectResource } from "../documents.ts";
import { type HcpEndpoint, endpoint } from "../endpoint.ts";
import { HcpError } from "../errors.ts";
import { newId } from "../ids.ts";
import { checkOrganization } from "./service.ts";

const created = z.strictObject({
  data: z.strictObject({
    type: z.literal("projects"),
    attributes: z.strictObject({
      name: z.string().regex(/^[\w -]{3,40}$/),
      description: z.string().max(256).optional(),
    }),
  }),
});

/** Projects: groups of workspaces. */
export const projectEndpoints: readonly HcpEndpoint[] = [
  endpoint({
    method: "GET",
    path: "/organizations/:organization/projects",
    query: ["filter[names]", "page[number]", "page[size]"],
    handle: ({ store, parameters: { organization }, query }) => {
      checkOrganization(store, organization);
      const names = query["filter[names]"]?.split(",");
      const found = store.projects.filter(({ name }) => names?.includes(name) ?? true);
      return { document: listDocument(found.map(projectResource), query) };
    },
  }),
  endpoint({
    method: "POST",
    path: "/organizations/:organization/projects",
    body: created,
    handle: ({ store, parameters: { organization }, body }) => {
      checkOrganization(store, organization);
      const { name, description = "" } = body.data.attributes;
      if (store.projects.some((one) => one.name === name))
        throw new HcpError(422, "Name has already been taken");
      const project = { id: newId("prj"), name, description };
      store.projects.push(project);
      return { status: 201, document: { data: projectResource(project) } };
    },
  }),
];
