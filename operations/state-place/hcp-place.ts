import type { Hcp } from "@mam-infra/clients/hcp";
import { hcpRefusal } from "@mam-infra/clients/hcp/error";
import type { HcpLock, HcpStateVersion } from "@mam-infra/clients/hcp/model";
import { NotConfigured } from "../context/credentials.ts";
import { type HcpBackend, workspaceName } from "./hcp-backend.ts";
import { lineageAndSerial } from "./lineage.ts";
import { type HeldLock, type StatePlace, type StateVersion, afterOthers } from "./place.ts";

/** States in workspaces of HCP Terraform, one a stack. */
export function hcpPlace(hcp: () => Hcp, backend: HcpBackend): StatePlace {
  const { organization } = backend;
  const find = (stack: string) => hcp().workspace(workspaceName(backend, stack));
  const current = async (stack: string) => {
    const workspace = await find(stack);
    return workspace && hcp().currentStateVersion(workspace.id);
  };
  return {
    called: `HCP Terraform, organization ${organization}`,
    read: async (stack) => {
      const version = await current(stack);
      if (!version) return undefined;
      return { text: await hcp().stateText(version), writtenAt: version.createdAt };
    },
    has: async (stack) => (await current(stack)) !== undefined,
    create: (stack, text) => createState(hcp(), workspaceName(backend, stack), text),
    overwrite: (stack) =>
      Promise.reject(new NotConfigured(notOver(organization, workspaceName(backend, stack)))),
    wayBack: (stack) => rollBack(organization, workspaceName(backend, stack)),
    versions: (stack) => versionsOf(hcp(), workspaceName(backend, stack)),
    version: async (_, id) => hcp().stateText(await hcp().stateVersion(id)),
    lockOf: async (stack) => {
      const lock = (await find(stack))?.lock;
      return lock && heldLock(stack, `${organization}/${workspaceName(backend, stack)}`, lock);
    },
    dropLock: (stack) => dropLock(hcp(), workspaceName(backend, stack)),
  };
}

/** Terraform's own name for the lock is that of the workspace. Since when it is held, nobody says. */
function heldLock(stack: string, ID: string, { type, holder, reason }: HcpLock): HeldLock {
  const Who = type === "runs" ? `the run ${holder}` : holder;
  return { stack, lock: { ID, Who, Operation: reason ?? "no reason given" } };
}

async function createState(hcp: Hcp, name: string, text: string): Promise<void> {
  const workspace = await hcp.workspace(name);
  if (!workspace) throw new NotConfigured(missing(name));
  if (!(await hcp.lock(workspace.id, "mam state migrate")))
    throw new Error(
      `somebody holds the lock of the workspace ${name}; nothing was written there${afterOthers}`,
    );
  try {
    if (await hcp.currentStateVersion(workspace.id))
      throw new Error(
        `the workspace ${name} has a state already; nothing was written there${afterOthers}`,
      );
    await hcp.createStateVersion(workspace.id, { text, ...lineageAndSerial(text) });
  } finally {
    await hcp.unlock(workspace.id);
  }
}

async function versionsOf(hcp: Hcp, name: string): Promise<StateVersion[]> {
  try {
    return (await hcp.stateVersions(name)).map(stateVersion);
  } catch (error) {
    if (hcpRefusal(error) === 404) return [];
    throw error;
  }
}

const stateVersion = ({ id, createdAt, bytes }: HcpStateVersion, index: number): StateVersion => ({
  id,
  writtenAt: createdAt,
  ...(bytes === undefined ? {} : { bytes }),
  stands: index === 0,
});

async function dropLock(hcp: Hcp, name: string): Promise<void> {
  const workspace = await hcp.workspace(name);
  if (!workspace?.lock) return;
  const { type, holder } = workspace.lock;
  if (type === "runs")
    throw new NotConfigured(
      `The workspace ${name} is held by the run ${holder}, and a run gives its lock back itself.\n` +
        `  fix: cancel or discard it: https://app.terraform.io/app/${hcp.organization}/workspaces/${name}/runs/${holder}`,
    );
  await hcp.forceUnlock(workspace.id);
}

const rollBack = (organization: string, name: string) =>
  `roll back to a version that can be read: https://app.terraform.io/app/${organization}/workspaces/${name}/states`;

const notOver = (organization: string, name: string) =>
  `What stands in the workspace ${name} is no state, and HCP Terraform counts on from its serial.\n  fix: ${rollBack(organization, name)}`;

const missing = (name: string) =>
  `The workspace ${name} is not there.\n  fix: mam state bootstrap <environment> makes it`;
