import type { Hcp } from "@mam-infra/clients/hcp";
import type { HcpWorkspace } from "@mam-infra/clients/hcp/model";
import type { RunSource } from "@mam-infra/clients/hcp/runs";
import { versions } from "../../stacks/versions.ts";
import { NotConfigured } from "../context/credentials.ts";
import { once } from "../context/once.ts";
import type { Session } from "../context/session.ts";
import { type HcpBackend, historyName, workspaceName } from "./hcp-backend.ts";

/** A workspace that is not as the configuration says. */
export interface WorkspaceProblem {
  readonly workspace: string;
  readonly expected: string;
  readonly found: string;
}

/** The backend of an environment, where that is HCP Terraform. */
export function hcpBackendOf({ environment }: Session): HcpBackend | undefined {
  const { backend } = environment.config.state;
  return backend.kind === "hcp" ? backend : undefined;
}

/** Names of the workspaces that an environment needs: one a stack, and one for its history. */
export function neededWorkspaces(
  { environment: { config } }: Session,
  backend: HcpBackend,
  stacks: readonly string[],
): string[] {
  return [...stacks, historyName(config.name)].map((name) => workspaceName(backend, name));
}

/** A workspace that an environment needs; it need not be there. */
interface LookedFor {
  readonly name: string;
  readonly found: HcpWorkspace | undefined;
  /** Workspaces after whose runs its own begin. */
  readonly sources: readonly RunSource[];
}

/**
 * What is wrong with a workspace. Runs that begin by themselves, at a commit or after those of another workspace, hold up what is
 * deployed here, and of a workspace with a repository the service applies no plan that somebody else made.
 */
export function problemsOf(
  { name, found, sources }: LookedFor,
  { execution }: HcpBackend,
): WorkspaceProblem[] {
  const problem = (expected: string, is: string) => ({ workspace: name, expected, found: is });
  if (!found) return [problem("a workspace", "none of that name")];
  const { executionMode, terraformVersion, repository } = found;
  return [
    ...(executionMode === execution ? [] : [problem(`execution mode ${execution}`, executionMode)]),
    ...(execution === "remote" && repository !== undefined
      ? [problem("no repository that begins runs", repository)]
      : []),
    ...sources.map(({ workspace }) => problem("no run trigger", `one of ${workspace}`)),
    ...(terraformVersion === versions.terraform
      ? []
      : [problem(`Terraform ${versions.terraform}`, terraformVersion)]),
  ];
}

/** Looks at a workspace. Where Terraform runs here, nothing begins a run. */
export async function lookForWorkspace(
  hcp: Hcp,
  { execution }: HcpBackend,
  name: string,
): Promise<LookedFor> {
  const found = await hcp.workspace(name);
  const sources = found && execution === "remote" ? await hcp.runs.sources(found.id) : [];
  return { name, found, sources };
}

/** Looks at every workspace of an environment. Nothing is changed. */
export async function lookForWorkspaces(
  session: Session,
  backend: HcpBackend,
  stacks: readonly string[],
): Promise<readonly LookedFor[]> {
  const hcp = session.clients.hcp(backend.organization);
  return Promise.all(
    neededWorkspaces(session, backend, stacks).map((name) => lookForWorkspace(hcp, backend, name)),
  );
}

/** What is wrong with workspaces. */
export const workspaceProblems = (
  workspaces: readonly LookedFor[],
  backend: HcpBackend,
): WorkspaceProblem[] => workspaces.flatMap((one) => problemsOf(one, backend));

/** A run of HCP Terraform that has not ended. */
export interface WaitingRun {
  readonly workspace: string;
  readonly id: string;
  readonly status: string;
}

/** Runs of workspaces that have not ended: one that waits for approval blocks every later one. */
export async function waitingRuns(
  session: Session,
  backend: HcpBackend,
  workspaces: readonly LookedFor[],
): Promise<WaitingRun[]> {
  const hcp = session.clients.hcp(backend.organization);
  const waiting = await Promise.all(
    workspaces.map(async ({ name, found }) => {
      const runs = found ? await hcp.waitingRuns(found.id) : [];
      return runs.map(({ id, status }) => ({ workspace: name, id, status }));
    }),
  );
  return waiting.flat();
}

/** Asked once for all stacks of a command. */
const asked = new WeakMap<Session["clients"], () => Promise<void>>();

/**
 * Makes sure, before the first Terraform command, that the workspaces are there, each with the mode that was chosen. A
 * workspace that Terraform makes has the organisation's, which is remote where nobody chose: the next plan would send the
 * configuration and every variable away.
 *
 * @throws NotConfigured naming every workspace that is not as it should be.
 */
export function checkWorkspaces(session: Session, stacks: readonly string[]): Promise<void> {
  const backend = hcpBackendOf(session);
  if (!backend) return Promise.resolve();
  const check =
    asked.get(session.clients) ??
    once(async () => {
      const workspaces = await lookForWorkspaces(session, backend, stacks);
      const problems = workspaceProblems(workspaces, backend);
      if (problems.length > 0) throw new NotConfigured(refusal(session, problems));
    });
  asked.set(session.clients, check);
  return check();
}

function refusal({ environment }: Session, problems: readonly WorkspaceProblem[]): string {
  return [
    "HCP Terraform does not have the workspaces as the environment's file says. Nothing was run.",
    ...problems.map(
      ({ workspace, expected, found }) => `  ${workspace}: expected ${expected}, found ${found}`,
    ),
    `  fix: mam state bootstrap ${environment.config.name}`,
  ].join("\n");
}

/**
 * Stops a command that needs a Terraform here which HCP Terraform does not stand behind: `terraform import` of a remote
 * workspace asks for every variable, and nobody is told the values of sensitive ones (1.11.4, backend_context.go).
 *
 * @throws NotConfigured with why, and how to go on.
 */
export function refuseRemote(session: Session): void {
  if (hcpBackendOf(session)?.execution !== "remote") return;
  const { name } = session.environment.config;
  throw new NotConfigured(
    [
      "state.backend.execution is remote: HCP Terraform runs Terraform itself, and nothing can be imported there.",
      "  terraform import runs here, needs the value of every variable, and a sensitive variable of a workspace is told to nobody.",
      `  fix: state.backend.execution: "local" in environments/${name}.ts, mam state bootstrap ${name}, and the same command again; then back`,
    ].join("\n"),
  );
}
