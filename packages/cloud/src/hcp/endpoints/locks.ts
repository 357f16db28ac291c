import { z } from "zod";

import { type HcpEndpoint, type HcpRequest, endpoint } from "../endpoint.ts";
import { HcpError } from "../errors.ts";
import { type HcpStore, type Workspace, userOf } from "../model.ts";
import { workspaceById, workspaceReply } from "./workspaces.ts";

const reason = z.strictObject({ reason: z.string().optional() });

/** As the API describes it, and as Terraform sends it: its client writes an empty type (go-tfe 1.74.1). */
const locked = z.union([
  reason,
  z.strictObject({ data: z.strictObject({ type: z.literal(""), attributes: reason }) }),
]);

/** Who holds a lock, as the API writes it into a refusal; Terraform's client looks for these words. */
function holderOf(store: HcpStore, { lock }: Workspace): string {
  if (lock === undefined) return "nobody";
  return lock.type === "runs" ? `Run ${lock.id}` : `User ${userOf(store, lock.id).name}`;
}

const isLatestPending = ({ stateVersions }: HcpStore, { id }: Workspace) =>
  stateVersions.findLast(({ workspaceId }) => workspaceId === id)?.status === "pending";

function refuseUnlock({ store, user }: HcpRequest, workspace: Workspace): void {
  if (!workspace.lock) throw new HcpError(409, "Unable to unlock workspace. It is not locked.");
  if (workspace.lock.id !== user.id)
    throw new HcpError(
      409,
      `Unable to unlock workspace. The workspace is locked by ${holderOf(store, workspace)}.`,
    );
  if (isLatestPending(store, workspace))
    throw new HcpError(409, "Unable to unlock workspace. Its latest state version is pending.");
}

/** The lock of a workspace: taken, given back by its holder, and taken away by force. */
export const lockEndpoints: readonly HcpEndpoint[] = [
  endpoint({
    method: "POST",
    path: "/workspaces/:id/actions/lock",
    body: locked,
    handle: ({ store, user, parameters: { id }, body }) => {
      const workspace = workspaceById(store, id);
      if (workspace.lock)
        throw new HcpError(
          409,
          `Unable to lock workspace. The workspace is already locked by ${holderOf(store, workspace)}.`,
        );
      const { reason: given = "" } = "data" in body ? body.data.attributes : body;
      workspace.lock = { type: "users", id: user.id, reason: given };
      return workspaceReply(store, workspace, undefined);
    },
  }),
  endpoint({
    method: "POST",
    path: "/workspaces/:id/actions/unlock",
    handle: (request) => {
      const workspace = workspaceById(request.store, request.parameters.id);
      refuseUnlock(request, workspace);
      workspace.lock = undefined;
      request.runner.schedule();
      return workspaceReply(request.store, workspace, undefined);
    },
  }),
  endpoint({
    method: "POST",
    path: "/workspaces/:id/actions/force-unlock",
    handle: ({ store, runner, parameters: { id } }) => {
      const workspace = workspaceById(store, id);
      if (workspace.lock?.type !== "users")
        throw new HcpError(
          409,
          `Unable to unlock workspace. It is held by ${holderOf(store, workspace)}.`,
        );
      workspace.lock = undefined;
      runner.schedule();
      return workspaceReply(store, workspace, undefined);
    },
  }),
];
