import { z } from "zod";

import { type Resource, listDocument } from "../documents.ts";
import { type HcpEndpoint, endpoint } from "../endpoint.ts";
import { HcpError, notFound } from "../errors.ts";
import { newId } from "../ids.ts";
import type { HcpStore, RunTrigger } from "../model.ts";
import { workspaceById } from "./workspaces.ts";

/** Most workspaces after whose runs those of one may begin (cloud-docs/workspaces/settings/run-triggers). */
const mostSources = 20;

const created = z.strictObject({
  data: z.strictObject({
    relationships: z.strictObject({
      sourceable: z.strictObject({
        data: z.strictObject({ type: z.literal("workspaces"), id: z.string() }),
      }),
    }),
  }),
});

/** Run triggers: made, listed from either side, and removed. */
export const runTriggerEndpoints: readonly HcpEndpoint[] = [
  endpoint({
    method: "POST",
    path: "/workspaces/:id/run-triggers",
    body: created,
    handle: ({ store, parameters: { id }, body: { data }, now: createdAt }) => {
      const { id: workspaceId } = workspaceById(store, id);
      const { id: sourceId } = workspaceById(store, data.relationships.sourceable.data.id);
      const own = store.runTriggers.filter((one) => one.workspaceId === workspaceId);
      if (own.some((one) => one.sourceId === sourceId))
        throw new HcpError(422, "Sourceable has already been taken");
      if (own.length === mostSources) throw new HcpError(422, "There are too many run triggers");
      const made = { id: newId("rt"), workspaceId, sourceId, createdAt };
      store.runTriggers.push(made);
      return { status: 201, document: { data: triggerResource(store, made) } };
    },
  }),
  endpoint({
    method: "GET",
    path: "/workspaces/:id/run-triggers",
    query: ["filter[run-trigger][type]", "page[number]", "page[size]"],
    handle: ({ store, parameters: { id }, query }) => {
      const workspace = workspaceById(store, id);
      const end = endOf(query["filter[run-trigger][type]"]);
      const found = store.runTriggers.filter((one) => one[end] === workspace.id);
      return {
        document: listDocument(
          found.map((one) => triggerResource(store, one)),
          query,
        ),
      };
    },
  }),
  endpoint({
    method: "DELETE",
    path: "/run-triggers/:id",
    handle: ({ store: { runTriggers }, parameters: { id } }) => {
      const found = runTriggers.findIndex((one) => one.id === id);
      if (found === -1) throw notFound();
      runTriggers.splice(found, 1);
      return { status: 204 };
    },
  }),
];

/** Which end of a trigger a workspace is at, in a list that has to say which it wants. */
function endOf(type: string | undefined): "workspaceId" | "sourceId" {
  if (type === "inbound") return "workspaceId";
  if (type === "outbound") return "sourceId";
  throw new HcpError(400, "filter[run-trigger][type] has to be inbound or outbound", true);
}

function triggerResource(
  store: HcpStore,
  { id, workspaceId, sourceId, createdAt }: RunTrigger,
): Resource {
  const end = (of: string) => ({ data: { id: of, type: "workspaces" } });
  return {
    id,
    type: "run-triggers",
    attributes: {
      "workspace-name": workspaceById(store, workspaceId).name,
      "sourceable-name": workspaceById(store, sourceId).name,
      "created-at": createdAt.toISOString(),
    },
    relationships: { workspace: end(workspaceId), sourceable: end(sourceId) },
  };
}
