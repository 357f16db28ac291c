import { outputResource } from "../documents.ts";
import { type HcpEndpoint, endpoint } from "../endpoint.ts";
import { notFound } from "../errors.ts";
import { currentVersion } from "../model.ts";
import { workspaceById } from "./workspaces.ts";

/** Outputs of states, as `terraform output` reads them. */
export const outputEndpoints: readonly HcpEndpoint[] = [
  endpoint({
    method: "GET",
    path: "/workspaces/:id/current-state-version-outputs",
    handle: ({ store, parameters: { id } }) => {
      const current = currentVersion(store, workspaceById(store, id));
      if (!current) throw notFound();
      return { document: { data: current.outputs.map((one) => outputResource(one, true)) } };
    },
  }),
  endpoint({
    method: "GET",
    path: "/state-version-outputs/:id",
    handle: ({ store, parameters: { id } }) => {
      const found = store.stateVersions
        .flatMap(({ outputs }) => outputs)
        .find((one) => one.id === id);
      if (!found) throw notFound();
      return { document: { data: outputResource(found, false) } };
    },
  }),
];
