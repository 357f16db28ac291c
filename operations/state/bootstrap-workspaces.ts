import type { Hcp } from "@mam-infra/clients/hcp";
import { versions } from "../../stacks/versions.ts";
import { columns } from "../context/columns.ts";
import type { Outcome } from "../context/outcome.ts";
import type { Progress } from "../context/progress.ts";
import type { Session } from "../context/session.ts";
import { type HcpBackend, historyName, workspaceName } from "../state-place/hcp-backend.ts";
import { lookForWorkspace, neededWorkspaces, problemsOf } from "../state-place/workspaces.ts";
import { stackKinds, stackName } from "../terraform/stack-kinds.ts";
import type { Done } from "./done.ts";

/**
 * Makes the project and the workspaces of an environment, each with its execution mode and Terraform's version: those that
 * Terraform makes itself have the organisation's. What is there already is set right, and nothing is removed.
 *
 * @throws Error when a workspace can be locked twice; HcpError without the rights to make one.
 */
export async function bootstrapWorkspaces(
  session: Session,
  backend: HcpBackend,
  progress: Progress,
): Promise<Outcome> {
  const hcp = session.clients.hcp(backend.organization);
  const { name } = session.environment.config;
  const stacks = stackKinds.map((kind) => stackName(name, kind));
  const project = await progress.step(`looking for the project ${backend.project}`, () =>
    makeProject(hcp, backend),
  );
  const done: Done[] = [project.done];
  for (const workspace of neededWorkspaces(session, backend, stacks)) {
    done.push(
      await progress.step(`looking for the workspace ${workspace}`, () =>
        makeWorkspace(hcp, backend, workspace, project.id),
      ),
    );
  }
  if (backend.execution === "remote")
    done.push(await progress.step("sharing the states", () => shareStates(hcp, backend, stacks)));
  const history = workspaceName(backend, historyName(name));
  done.push(await progress.step("proving that it locks", () => prove(hcp, history)));
  const lines = columns(done.map(({ what, how }) => [`  ${how}`, what]));
  const { organization } = backend;
  return {
    ok: true,
    data: { environment: name, organization, steps: done },
    text: `The states of ${name} go into HCP Terraform, organization ${organization}:\n${lines.join("\n")}\nNext: mam doctor ${name}\n`,
  };
}

async function makeProject(hcp: Hcp, { project }: HcpBackend) {
  const what = `the project ${project} is there`;
  const known = await hcp.project(project);
  if (known !== undefined) return { id: known, done: { what, how: "so already" } as const };
  return { id: await hcp.createProject(project), done: { what, how: "done now" } as const };
}

async function makeWorkspace(
  hcp: Hcp,
  backend: HcpBackend,
  name: string,
  project: string,
): Promise<Done> {
  const { execution } = backend;
  const what = `the workspace ${name}: execution ${execution}, Terraform ${versions.terraform}`;
  const settings = {
    executionMode: execution,
    terraformVersion: versions.terraform,
    autoApply: false,
  };
  const looked = await lookForWorkspace(hcp, backend, name);
  if (problemsOf(looked, backend).length === 0) return { what, how: "so already" };
  const { found, sources } = looked;
  for (const { id } of sources) await hcp.runs.removeSource(id);
  const disconnected = execution === "remote" ? { repository: null } : {};
  if (found) await hcp.updateWorkspace(found.id, { ...settings, ...disconnected });
  else await hcp.createWorkspace(name, project, settings);
  return { what, how: "done now" };
}

/** Lets the runs of each stack read the states of the others, as references between stacks need it, and nobody else. */
async function shareStates(
  hcp: Hcp,
  backend: HcpBackend,
  stacks: readonly string[],
): Promise<Done> {
  const ids: string[] = [];
  for (const stack of stacks) {
    const workspace = await hcp.workspace(workspaceName(backend, stack));
    if (workspace) ids.push(workspace.id);
  }
  for (const id of ids) {
    await hcp.runs.shareState(
      id,
      ids.filter((other) => other !== id),
    );
  }
  return { what: "the stacks' runs read each other's states, and no others do", how: "done now" };
}

async function prove(hcp: Hcp, name: string): Promise<Done> {
  const what = "a workspace refuses the second of two locks";
  const workspace = await hcp.workspace(name);
  if (!workspace)
    throw new Error(
      `the workspace ${name} was made, and is not there\n  fix: give the token's team access to the whole project, then the same line again`,
    );
  // One that somebody holds proves it as well.
  if (!(await hcp.lock(workspace.id, "mam state bootstrap"))) return { what, how: "proved" };
  try {
    if (!(await hcp.lock(workspace.id, "mam state bootstrap"))) return { what, how: "proved" };
  } finally {
    await hcp.unlock(workspace.id);
  }
  throw new Error(
    `${name} takes both of two locks: two deployments at once would lose a state.\n  fix: let nobody deploy until this line says that it locks: https://status.hashicorp.com`,
  );
}
