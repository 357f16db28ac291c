import { listDocument } from "../documents.ts";
import { type HcpEndpoint, endpoint } from "../endpoint.ts";
import { HcpError } from "../errors.ts";
import { type Run, isFinal } from "../model.ts";
import { workspaceById } from "./workspaces.ts";

const runResource = ({ id, status, createdAt, message }: Run) => ({
  id,
  type: "runs",
  attributes: { status, message, "created-at": createdAt.toISOString() },
});

/** Runs of a workspace, as somebody queued them: none is executed here. */
export const runEndpoints: readonly HcpEndpoint[] = [
  endpoint({
    method: "GET",
    path: "/workspaces/:id/runs",
    query: ["filter[status_group]", "page[number]", "page[size]"],
    handle: ({ store, parameters: { id }, query }) => {
      const workspace = workspaceById(store, id);
      const group = query["filter[status_group]"];
      if (group !== undefined && group !== "non_final")
        throw new HcpError(400, `The group ${group} is not played here`, true);
      const found = store.runs.filter(
        (run) => run.workspaceId === workspace.id && (group === undefined || !isFinal(run)),
      );
      return { document: listDocument(found.toReversed().map(runResource), query) };
    },
  }),
];
