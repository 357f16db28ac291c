import { z } from "zod";

import { listDocument, stateVersionResource } from "../documents.ts";
import { type HcpEndpoint, type HcpRequest, endpoint } from "../endpoint.ts";
import { HcpError, notFound } from "../errors.ts";
import { newId } from "../ids.ts";
import { type HcpStore, type StateVersion, type Workspace, currentVersion } from "../model.ts";
import { finalise } from "../state-content.ts";
import { checkOrganization } from "./service.ts";
import { workspaceById } from "./workspaces.ts";

const base64 = z.base64();

const created = z.strictObject({
  data: z.strictObject({
    type: z.literal("state-versions"),
    attributes: z.strictObject({
      serial: z.int().nonnegative(),
      md5: z.string().regex(/^[0-9a-f]{32}$/),
      lineage: z.string().optional(),
      force: z.boolean().optional(),
      state: base64.optional(),
      "json-state": base64.optional(),
      "json-state-outputs": base64.optional(),
    }),
  }),
});

type Created = z.output<typeof created>["data"]["attributes"];

/** The version of an id. @throws HcpError 404 when there is none */
export function versionById({ stateVersions }: HcpStore, id: string | undefined): StateVersion {
  const found = stateVersions.find((one) => one.id === id);
  if (!found) throw notFound();
  return found;
}

/** Versions of states: made, read and listed. */
export const stateVersionEndpoints: readonly HcpEndpoint[] = [
  endpoint({
    method: "GET",
    path: "/workspaces/:id/current-state-version",
    handle: ({ store, parameters: { id }, origin }) => {
      const current = currentVersion(store, workspaceById(store, id));
      if (!current) throw notFound();
      return { document: { data: stateVersionResource(current, origin) } };
    },
  }),
  endpoint({
    method: "GET",
    path: "/state-versions/:id",
    handle: ({ store, parameters: { id }, origin }) => ({
      document: { data: stateVersionResource(versionById(store, id), origin) },
    }),
  }),
  endpoint({
    method: "GET",
    path: "/state-versions",
    query: [
      "filter[workspace][name]",
      "filter[organization][name]",
      "filter[status]",
      "page[number]",
      "page[size]",
    ],
    handle: ({ store, query, origin }) => {
      checkOrganization(store, query["filter[organization][name]"]);
      const workspace = store.workspaces.find(
        ({ name }) => name === query["filter[workspace][name]"],
      );
      if (!workspace) throw notFound();
      const { "filter[status]": wanted } = query;
      const found = store.stateVersions.filter(
        ({ workspaceId, status }) =>
          workspaceId === workspace.id && (wanted === undefined || wanted === status),
      );
      const resources = found.toReversed().map((one) => stateVersionResource(one, origin));
      return { document: listDocument(resources, query) };
    },
  }),
  endpoint({
    method: "POST",
    path: "/workspaces/:id/state-versions",
    body: created,
    handle: (request) => {
      const workspace = workspaceById(request.store, request.parameters.id);
      const version = makeVersion(request, workspace, request.body.data.attributes);
      return {
        status: 201,
        document: { data: stateVersionResource(version, request.origin) },
      };
    },
  }),
];

function makeVersion(
  { store, user, now }: HcpRequest,
  workspace: Workspace,
  attributes: Created,
): StateVersion {
  if (workspace.lock?.id !== user.id)
    throw new HcpError(409, "The workspace is not locked by whoever uploads this state.");
  const current = currentVersion(store, workspace);
  if (current && attributes.force !== true) refuseStranger(current, attributes);
  const version: StateVersion = {
    id: newId("sv"),
    workspaceId: workspace.id,
    serial: attributes.serial,
    lineage: attributes.lineage ?? current?.lineage ?? "",
    md5: attributes.md5,
    createdAt: now,
    status: "pending",
    state: undefined,
    jsonState: contentOf(attributes["json-state"]),
    outputs: [],
  };
  const state = contentOf(attributes.state);
  if (state) finalise(version, state);
  discardPending(store, workspace);
  store.stateVersions.push(version);
  return version;
}

function discardPending({ stateVersions }: HcpStore, { id }: Workspace): void {
  for (const other of stateVersions) {
    if (other.workspaceId === id && other.status === "pending") other.status = "discarded";
  }
}

/** What does not follow the version that stands. */
function refuseStranger(current: StateVersion, { lineage, serial }: Created): void {
  if (lineage !== undefined && lineage !== current.lineage)
    throw new HcpError(409, `The lineage is not that of the current state, ${current.lineage}.`);
  if (serial <= current.serial)
    throw new HcpError(
      409,
      `The serial is not above that of the current state, ${current.serial}.`,
    );
}

const contentOf = (text: string | undefined) =>
  text === undefined ? undefined : Buffer.from(text, "base64");
