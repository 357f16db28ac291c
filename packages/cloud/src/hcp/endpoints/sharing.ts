import { z } from "zod";

import { listDocument, workspaceResource } from "../documents.ts";
import { type HcpEndpoint, type HcpRequest, endpoint } from "../endpoint.ts";
import { notFound } from "../errors.ts";
import type { HcpStore, Workspace } from "../model.ts";
import { workspaceById } from "./workspaces.ts";

const consumers = z.strictObject({
  data: z.array(z.strictObject({ type: z.literal("workspaces"), id: z.string() })),
});

/**
 * Lets the Terraform of a run see only what it needs: its own workspace, and those that share their state with it.
 *
 * @throws HcpError 404 for everything else, as whatever a token may not see.
 */
export function checkRun(
  {
    store,
    user: { runIn },
    parameters: { id, name },
  }: Pick<HcpRequest, "store" | "user" | "parameters">,
  { method, path }: Pick<HcpEndpoint, "method" | "path">,
): void {
  if (runIn === undefined) return;
  if (method !== "GET") throw notFound();
  if (!path.includes("/workspaces/")) return;
  const asked = store.workspaces.find((one) => one.id === id || one.name === name);
  if (!asked || !isShared(asked, runIn)) throw notFound();
}

const isShared = ({ id, globalRemoteState, remoteStateConsumers }: Workspace, runIn: string) =>
  id === runIn || globalRemoteState || remoteStateConsumers.includes(runIn);

const consumersOf = ({ workspaces }: HcpStore, { remoteStateConsumers }: Workspace) =>
  workspaces.filter(({ id }) => remoteStateConsumers.includes(id));

/** Which workspaces' runs may read the state of a workspace. */
export const sharingEndpoints: readonly HcpEndpoint[] = [
  endpoint({
    method: "GET",
    path: "/workspaces/:id/relationships/remote-state-consumers",
    query: ["page[number]", "page[size]"],
    handle: ({ store, parameters: { id }, query }) => {
      const found = consumersOf(store, workspaceById(store, id));
      const resources = found.map((one) => workspaceResource(store, one));
      return { document: listDocument(resources, query) };
    },
  }),
  endpoint({
    method: "PATCH",
    path: "/workspaces/:id/relationships/remote-state-consumers",
    body: consumers,
    handle: ({ store, parameters: { id }, body: { data } }) => {
      const ids = data.map((one) => workspaceById(store, one.id).id);
      workspaceById(store, id).remoteStateConsumers = ids;
      return { status: 204 };
    },
  }),
];
