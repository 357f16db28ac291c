import { z } from "zod";

import { lockHolder, workspaceResource } from "../documents.ts";
import { type HcpEndpoint, type HcpReply, endpoint } from "../endpoint.ts";
import { HcpError, notFound } from "../errors.ts";
import { newId } from "../ids.ts";
import type { HcpStore, Workspace } from "../model.ts";
import { defaultProject } from "../seed.ts";
import { checkOrganization } from "./service.ts";

const mode = z.enum(["local", "remote"]);

/** A repository: null takes the connection away. */
const repository = z.strictObject({
  identifier: z.string().regex(/^[\w.-]+\/[\w.-]+$/),
  branch: z.string().default("main"),
  "github-app-installation-id": z.string().optional(),
  "oauth-token-id": z.string().optional(),
});

/** What of a workspace can be set here; the API has more. */
const settings = {
  description: z.string().optional(),
  "execution-mode": mode.optional(),
  "setting-overwrites": z.strictObject({ "execution-mode": z.boolean().optional() }).optional(),
  "terraform-version": z.string().optional(),
  "auto-apply": z.boolean().optional(),
  "global-remote-state": z.boolean().optional(),
  "working-directory": z
    .string()
    .regex(/^[^/].*[^/]$|^$/)
    .optional(),
  "queue-all-runs": z.boolean().optional(),
  "vcs-repo": repository.nullish(),
};

const project = z.strictObject({
  project: z.strictObject({
    data: z.strictObject({ type: z.literal("projects"), id: z.string() }),
  }),
});

const created = z.strictObject({
  data: z.strictObject({
    type: z.literal("workspaces"),
    attributes: z.strictObject({ name: z.string().regex(/^[\w-]{1,90}$/), ...settings }),
    relationships: project.optional(),
  }),
});

const updated = z.strictObject({
  data: z.strictObject({
    type: z.literal("workspaces"),
    id: z.string().optional(),
    attributes: z.strictObject(settings),
  }),
});

type Settings = z.output<typeof updated>["data"]["attributes"];

/** The workspace of an id. @throws HcpError 404 when there is none */
export function workspaceById({ workspaces }: HcpStore, id: string | undefined): Workspace {
  const found = workspaces.find((one) => one.id === id);
  if (!found) throw notFound();
  return found;
}

/** A workspace as an answer, with who holds its lock where that was asked for. */
export function workspaceReply(
  store: HcpStore,
  workspace: Workspace,
  include: string | undefined,
): HcpReply {
  if (include !== undefined && include !== "locked_by")
    throw new HcpError(400, `Invalid include parameter: ${include}`, true);
  const included = include === undefined ? {} : { included: lockHolder(store, workspace) };
  return { document: { data: workspaceResource(store, workspace), ...included } };
}

/** Workspaces: read, made and changed. */
export const workspaceEndpoints: readonly HcpEndpoint[] = [
  endpoint({
    method: "GET",
    path: "/organizations/:organization/workspaces/:name",
    query: ["include"],
    handle: ({ store, parameters: { organization, name }, query: { include } }) => {
      checkOrganization(store, organization);
      const found = store.workspaces.find((one) => one.name === name);
      if (!found) throw notFound();
      return workspaceReply(store, found, include);
    },
  }),
  endpoint({
    method: "POST",
    path: "/organizations/:organization/workspaces",
    body: created,
    handle: ({ store, parameters: { organization }, body: { data }, now }) => {
      checkOrganization(store, organization);
      const { name, ...rest } = data.attributes;
      if (store.workspaces.some((one) => one.name === name))
        throw new HcpError(422, "Name has already been taken");
      const workspace = emptyWorkspace(store, name, data.relationships?.project.data.id, now);
      change(store, workspace, rest);
      store.workspaces.push(workspace);
      return { ...workspaceReply(store, workspace, undefined), status: 201 };
    },
  }),
  endpoint({
    method: "PATCH",
    path: "/workspaces/:id",
    body: updated,
    handle: ({ store, parameters: { id }, body: { data } }) => {
      const workspace = workspaceById(store, id);
      change(store, workspace, data.attributes);
      return workspaceReply(store, workspace, undefined);
    },
  }),
];

function emptyWorkspace(
  store: HcpStore,
  name: string,
  projectId: string | undefined,
  createdAt: Date,
): Workspace {
  const project = store.projects.find((one) =>
    projectId === undefined ? one.name === defaultProject : one.id === projectId,
  );
  if (!project) throw new HcpError(422, "Project does not exist");
  return {
    id: newId("ws"),
    name,
    projectId: project.id,
    createdAt,
    executionMode: store.defaultExecutionMode,
    terraformVersion: store.terraformVersions[0] ?? "latest",
    autoApply: false,
    description: "",
    globalRemoteState: false,
    repository: undefined,
    workingDirectory: "",
    queueAllRuns: false,
    remoteStateConsumers: [],
    lock: undefined,
  };
}

function change({ terraformVersions }: HcpStore, workspace: Workspace, settings: Settings): void {
  const { "terraform-version": version } = settings;
  if (version !== undefined && !terraformVersions.includes(version))
    throw new HcpError(422, `Terraform version ${version} is not available`);
  workspace.executionMode = settings["execution-mode"] ?? workspace.executionMode;
  workspace.terraformVersion = version ?? workspace.terraformVersion;
  workspace.autoApply = settings["auto-apply"] ?? workspace.autoApply;
  workspace.description = settings.description ?? workspace.description;
  workspace.globalRemoteState = settings["global-remote-state"] ?? workspace.globalRemoteState;
  workspace.workingDirectory = settings["working-directory"] ?? workspace.workingDirectory;
  workspace.queueAllRuns = settings["queue-all-runs"] ?? workspace.queueAllRuns;
  connect(workspace, settings["vcs-repo"]);
}

/** Connects a workspace to a repository, by an installation or a token that is not looked at here, or takes the connection away. */
function connect(workspace: Workspace, given: Settings["vcs-repo"]): void {
  if (given === undefined) return;
  if (given === null) workspace.repository = undefined;
  else workspace.repository = { identifier: given.identifier, branch: given.branch };
}
