import {
  type HcpStore,
  type Output,
  type Project,
  type StateVersion,
  type Workspace,
  currentVersion,
  userOf,
} from "./model.ts";
import { currentRun } from "./runs/queue.ts";

/** A resource in a document. */
export interface Resource {
  readonly id: string;
  readonly type: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly relationships?: Readonly<Record<string, unknown>>;
}

const reference = (type: string, id: string) => ({ data: { id, type } });

/** A project. */
export function projectResource({ id, name, description }: Project): Resource {
  return { id, type: "projects", attributes: { name, description } };
}

/** A workspace, with who holds its lock. */
export function workspaceResource(store: HcpStore, workspace: Workspace): Resource {
  const { id, name, lock, projectId } = workspace;
  const current = currentVersion(store, workspace);
  const run = currentRun(store, workspace);
  return {
    id,
    type: "workspaces",
    attributes: {
      name,
      description: workspace.description,
      "created-at": workspace.createdAt.toISOString(),
      "auto-apply": workspace.autoApply,
      "execution-mode": workspace.executionMode,
      operations: workspace.executionMode !== "local",
      "terraform-version": workspace.terraformVersion,
      "global-remote-state": workspace.globalRemoteState,
      "structured-run-output-enabled": true,
      "working-directory": workspace.workingDirectory,
      "queue-all-runs": workspace.queueAllRuns,
      "vcs-repo": workspace.repository ?? null,
      "resource-count": resourceCount(current),
      locked: lock !== undefined,
      "locked-reason": lock?.reason ?? "",
      actions: { "is-destroyable": true },
      permissions: allPermissions,
    },
    relationships: {
      organization: reference("organizations", store.organization),
      project: reference("projects", projectId),
      "locked-by": lock ? reference(lock.type, lock.id) : { data: null },
      "current-run": run ? reference("runs", run.id) : { data: null },
      "current-state-version": current ? reference("state-versions", current.id) : { data: null },
    },
  };
}

/** What whoever has a token here may do with a workspace: everything (go-tfe 1.74.1, WorkspacePermissions). */
const allPermissions = Object.fromEntries(
  [
    "update",
    "destroy",
    "queue-destroy",
    "queue-run",
    "queue-apply",
    "read-settings",
    "lock",
    "unlock",
    "force-unlock",
    "read-state-versions",
    "create-state-versions",
  ].map((action) => [`can-${action}`, true]),
);

/** How many resources a state manages. */
function resourceCount(version: StateVersion | undefined): number {
  if (!version?.state) return 0;
  const { resources = [] } = JSON.parse(version.state.toString("utf8")) as {
    resources?: readonly { readonly mode: string; readonly instances: readonly unknown[] }[];
  };
  return resources
    .filter(({ mode }) => mode === "managed")
    .reduce((sum, { instances }) => sum + instances.length, 0);
}

/** Whoever holds the lock of a workspace, for a caller that asked to have it included. */
export function lockHolder(store: HcpStore, { lock }: Workspace): Resource[] {
  if (!lock) return [];
  if (lock.type === "users") {
    const { id, name } = userOf(store, lock.id);
    return [{ id, type: "users", attributes: { username: name } }];
  }
  const status = store.runs.find(({ id }) => id === lock.id)?.status;
  return [{ id: lock.id, type: "runs", attributes: { status } }];
}

/** A version of a state, with where its content is. */
export function stateVersionResource(version: StateVersion, origin: string): Resource {
  const { id, serial, status, createdAt, outputs } = version;
  const content = (what: string) => `${origin}/archivist/v1/object/${id}.${what}`;
  return {
    id,
    type: "state-versions",
    attributes: {
      "created-at": createdAt.toISOString(),
      serial,
      status,
      size: version.state?.length ?? 0,
      "state-version": 4,
      "resources-processed": status === "finalized",
      "hosted-state-download-url": version.state ? content("state") : null,
      "hosted-json-state-download-url": version.jsonState ? content("json-state") : null,
      "hosted-state-upload-url": status === "pending" ? content("state") : null,
      "hosted-json-state-upload-url": version.jsonState ? null : content("json-state"),
    },
    relationships: {
      outputs: {
        data: outputs.map((output) => ({ id: output.id, type: "state-version-outputs" })),
      },
    },
  };
}

/** An output of a state. The value of a sensitive one is told to nobody who lists them. */
export function outputResource(
  { id, name, value, type, sensitive }: Output,
  isListed: boolean,
): Resource {
  return {
    id,
    type: "state-version-outputs",
    attributes: {
      name,
      sensitive,
      type: simpleType(value),
      value: sensitive && isListed ? null : value,
      "detailed-type": type,
    },
  };
}

function simpleType(value: unknown): string {
  if (Array.isArray(value)) return "array";
  return typeof value === "object" ? "map" : typeof value;
}

/** A page of a list, all of it: the lists of a rehearsal are short. */
export function listDocument(
  resources: readonly Resource[],
  query: Readonly<Record<string, string>>,
) {
  const size = Number(query["page[size]"] ?? 20);
  const page = Number(query["page[number]"] ?? 1);
  const pages = Math.max(1, Math.ceil(resources.length / size));
  return {
    data: resources.slice((page - 1) * size, page * size),
    meta: {
      pagination: {
        "current-page": page,
        "page-size": size,
        "prev-page": page > 1 ? page - 1 : null,
        "next-page": page < pages ? page + 1 : null,
        "total-pages": pages,
        "total-count": resources.length,
      },
    },
  };
}
