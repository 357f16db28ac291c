import { z } from "zod";

import { type HcpEndpoint, endpoint } from "../endpoint.ts";
import { HcpError, notFound } from "../errors.ts";
import { newId } from "../ids.ts";
import type { HcpStore } from "../model.ts";
import { variableResource } from "../runs/documents.ts";
import type { Variable } from "../runs/model.ts";
import { workspaceById } from "./workspaces.ts";

const attributes = {
  key: z.string().min(1),
  value: z.string().default(""),
  description: z.string().default(""),
  hcl: z.boolean().default(false),
  sensitive: z.boolean().default(false),
};

const created = z.strictObject({
  data: z.strictObject({
    type: z.literal("vars"),
    attributes: z.strictObject({ ...attributes, category: z.enum(["terraform", "env"]) }),
  }),
});

const updated = z.strictObject({
  data: z.strictObject({
    type: z.literal("vars"),
    id: z.string().optional(),
    attributes: z.strictObject({
      value: z.string().optional(),
      description: z.string().optional(),
      hcl: z.boolean().optional(),
      sensitive: z.boolean().optional(),
    }),
  }),
});

function variableById({ variables }: HcpStore, id: string | undefined): Variable {
  const found = variables.find((one) => one.id === id);
  if (!found) throw notFound();
  return found;
}

/** Variables of workspaces. A sensitive one stays sensitive, and its value is told to runs only. */
export const variableEndpoints: readonly HcpEndpoint[] = [
  endpoint({
    method: "GET",
    path: "/workspaces/:id/vars",
    handle: ({ store, parameters: { id } }) => {
      const { id: wanted } = workspaceById(store, id);
      const found = store.variables.filter(({ workspaceId }) => workspaceId === wanted);
      return { document: { data: found.map(variableResource) } };
    },
  }),
  endpoint({
    method: "POST",
    path: "/workspaces/:id/vars",
    body: created,
    handle: ({ store, parameters, body: { data } }) => {
      const { id: workspaceId } = workspaceById(store, parameters.id);
      const { key, category } = data.attributes;
      const isTaken = store.variables.some(
        (one) => one.workspaceId === workspaceId && one.key === key && one.category === category,
      );
      if (isTaken) throw new HcpError(422, "Key has already been taken");
      const made = { id: newId("var"), workspaceId, ...data.attributes };
      store.variables.push(made);
      return { status: 201, document: { data: variableResource(made) } };
    },
  }),
  endpoint({
    method: "PATCH",
    path: "/workspaces/:id/vars/:variable",
    body: updated,
    handle: ({ store, parameters: { variable }, body: { data } }) => {
      const found = variableById(store, variable);
      if (found.sensitive && data.attributes.sensitive === false)
        throw new HcpError(422, "Sensitive cannot be changed back");
      Object.assign(found, data.attributes);
      return { document: { data: variableResource(found) } };
    },
  }),
  endpoint({
    method: "DELETE",
    path: "/workspaces/:id/vars/:variable",
    handle: ({ store, parameters: { variable } }) => {
      store.variables.splice(store.variables.indexOf(variableById(store, variable)), 1);
      return { status: 204 };
    },
  }),
];
