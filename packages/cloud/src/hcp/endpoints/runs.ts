import { z } from "zod";

import { listDocument } from "../documents.ts";
import { type HcpEndpoint, type HcpRequest, endpoint } from "../endpoint.ts";
import { HcpError, notFound } from "../errors.ts";
import type { HcpStore } from "../model.ts";
import { includedWith, runResource } from "../runs/documents.ts";
import { type Run, isFinal, newRun } from "../runs/model.ts";
import { working } from "../runs/queue.ts";
import { configurationById } from "./configuration-versions.ts";
import { checkOrganization } from "./service.ts";
import { workspaceById } from "./workspaces.ts";

const flag = z.boolean().optional();
const off = z.boolean().default(false);
const addresses = z.array(z.string()).default([]);
const related = (type: string) =>
  z.strictObject({ data: z.looseObject({ type: z.literal(type), id: z.string() }) });

const created = z.strictObject({
  data: z.strictObject({
    type: z.literal("runs"),
    attributes: z.strictObject({
      message: z.string().optional(),
      "plan-only": flag,
      "save-plan": off,
      "auto-apply": flag,
      "is-destroy": off,
      refresh: z.boolean().default(true),
      "refresh-only": off,
      "allow-config-generation": flag,
      "target-addrs": addresses,
      "replace-addrs": addresses,
      variables: z.array(z.strictObject({ key: z.string(), value: z.string() })).default([]),
    }),
    relationships: z.strictObject({
      workspace: related("workspaces"),
      "configuration-version": related("configuration-versions"),
    }),
  }),
});

type Created = z.output<typeof created>["data"];

/** The run of an id. @throws HcpError 404 when there is none */
export function runById({ runs }: HcpStore, id: string | undefined): Run {
  const found = runs.find((one) => one.id === id);
  if (!found) throw notFound();
  return found;
}

/** Runs: made, read and listed. */
export const runEndpoints: readonly HcpEndpoint[] = [
  endpoint({
    method: "POST",
    path: "/runs",
    body: created,
    handle: (request) => {
      const { store, runner, body } = request;
      const run = runOf(request, body.data);
      store.runs.push(run);
      runner.schedule();
      return { status: 201, document: { data: runResource(run) } };
    },
  }),
  endpoint({
    method: "GET",
    path: "/runs/:id",
    query: ["include"],
    handle: ({ store, parameters: { id }, query: { include }, origin }) => {
      const run = runById(store, id);
      const workspace = workspaceById(store, run.workspaceId);
      const included = includedWith(store, run, workspace, include, origin);
      return { document: { data: runResource(run, positionOf(store, run)), included } };
    },
  }),
  endpoint({
    method: "GET",
    path: "/runs/:id/run-events",
    handle: ({ store, parameters: { id } }) => {
      runById(store, id);
      return { document: { data: [] } };
    },
  }),
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
      const newestFirst = found.toReversed().map((run) => runResource(run));
      return { document: listDocument(newestFirst, query) };
    },
  }),
  endpoint({
    method: "GET",
    path: "/organizations/:organization/runs/queue",
    query: ["page[number]", "page[size]"],
    handle: ({ store, parameters: { organization }, query }) => {
      checkOrganization(store, organization);
      const queued = store.runs.filter((run) => positionOf(store, run) > 0);
      const resources = queued.map((run) => runResource(run, positionOf(store, run)));
      return { document: listDocument(resources, query) };
    },
  }),
  endpoint({
    method: "GET",
    path: "/organizations/:organization/capacity",
    handle: ({ store, parameters: { organization } }) => {
      checkOrganization(store, organization);
      const pending = store.runs.filter(({ status }) => status === "pending").length;
      const attributes = { pending, running: working(store).length };
      return {
        document: { data: { id: store.organization, type: "organization-capacity", attributes } },
      };
    },
  }),
];

/** Place of a run in the organisation's queue, from 1; 0 for one that does not wait. */
function positionOf(store: HcpStore, run: Run): number {
  const queue = store.runs.filter(({ status }) => status === "pending" || status === "confirmed");
  const place = queue.indexOf(run) + 1;
  return place === 0 ? 0 : place + working(store).length;
}

function runOf({ store, now }: HcpRequest, { attributes, relationships }: Created): Run {
  const workspace = workspaceById(store, relationships.workspace.data.id);
  if (workspace.executionMode === "local")
    throw new HcpError(422, "Runs cannot be queued in a workspace with local execution");
  const { id, speculative } = configurationById(
    store,
    relationships["configuration-version"].data.id,
  );
  const { message = "Queued manually using Terraform" } = attributes;
  return newRun({
    workspaceId: workspace.id,
    configurationVersionId: id,
    createdAt: now,
    message,
    order: {
      planOnly: attributes["plan-only"] ?? speculative,
      savePlan: attributes["save-plan"],
      autoApply: attributes["auto-apply"] ?? workspace.autoApply,
      isDestroy: attributes["is-destroy"],
      refresh: attributes.refresh,
      refreshOnly: attributes["refresh-only"],
      targetAddrs: attributes["target-addrs"],
      replaceAddrs: attributes["replace-addrs"],
      variables: attributes.variables,
    },
  });
}
