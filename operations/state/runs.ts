import type { HcpRunState } from "@mam-infra/clients/hcp/runs";
import { columns } from "../context/columns.ts";
import { NotConfigured } from "../context/credentials.ts";
import type { Outcome } from "../context/outcome.ts";
import type { Progress } from "../context/progress.ts";
import type { Session } from "../context/session.ts";
import { type HcpBackend, workspaceName } from "../state-place/hcp-backend.ts";
import { hcpBackendOf } from "../state-place/workspaces.ts";
import { stackKinds, stackName } from "../terraform/stack-kinds.ts";

/** What became of a stack's newest run that was not a plan alone. */
interface StackRun {
  readonly stack: string;
  /** Undefined where there was none. */
  readonly run: string | undefined;
  readonly status: string;
  readonly ok: boolean;
  /** Whether it waits, so that later ones do not begin. */
  readonly waits: boolean;
}

/** How a run ends well. A cancelled one is not among them, though Terraform's exit code is 0 (1.11.4, backend_apply.go). */
const good: ReadonlySet<string> = new Set(["applied", "planned_and_finished"]);

/**
 * `mam state runs`: what became of the newest run of each stack where HCP Terraform executes, as its workspace says, for
 * whoever deploys without `mam`.
 *
 * @throws NotConfigured where nothing is executed there.
 */
export async function showRuns(
  session: Session,
  { discard }: { readonly discard: boolean },
  progress: Progress,
): Promise<Outcome> {
  const backend = remoteBackend(session);
  const { name } = session.environment.config;
  const discarded = discard ? await discardWaiting(session, backend, progress) : [];
  const found = await Promise.all(
    stackKinds.map((kind) => newestOf(session, backend, stackName(name, kind))),
  );
  const ok = found.every((one) => one.ok);
  const lines = columns(found.map(({ stack, run, status }) => [`  ${stack}`, status, run ?? ""]));
  const logs = `The logs: https://app.terraform.io/app/${backend.organization}/workspaces`;
  const wait = `What waits keeps later runs from beginning: mam state runs ${name} --discard`;
  const fix = [...(found.some(({ waits }) => waits) ? [wait] : []), ...(ok ? [] : [logs])];
  const text = [
    ...discarded.map((id) => `discarded ${id}`),
    `Newest runs of ${name}, as their workspaces say:`,
    ...lines,
    ...fix,
  ];
  const data = { environment: name, runs: found, discarded };
  return { ok, data, text: `${text.join("\n")}\n` };
}

function remoteBackend(session: Session): HcpBackend {
  const backend = hcpBackendOf(session);
  if (backend?.execution === "remote") return backend;
  const { name } = session.environment.config;
  throw new NotConfigured(
    `HCP Terraform runs nothing of ${name}: its Terraform runs where mam or cdktf is called, and their exit codes are true.\n` +
      `  fix: mam status ${name} says what was deployed`,
  );
}

/** Runs of a stack, the newest first; none where it has no workspace. */
async function runsOf(
  { clients }: Session,
  backend: HcpBackend,
  stack: string,
): Promise<readonly HcpRunState[]> {
  const hcp = clients.hcp(backend.organization);
  const workspace = await hcp.workspace(workspaceName(backend, stack));
  return workspace ? hcp.runs.list(workspace.id) : [];
}

async function newestOf(session: Session, backend: HcpBackend, stack: string): Promise<StackRun> {
  const runs = await runsOf(session, backend, stack);
  const newest = runs.find(({ isPlanOnly }) => !isPlanOnly);
  if (!newest) return { stack, run: undefined, status: "no run", ok: false, waits: false };
  const { id: run, status, isDiscardable: waits } = newest;
  return { stack, run, status, ok: good.has(status), waits };
}

async function discardWaiting(
  session: Session,
  backend: HcpBackend,
  progress: Progress,
): Promise<string[]> {
  const hcp = session.clients.hcp(backend.organization);
  const { name } = session.environment.config;
  const discarded: string[] = [];
  await progress.step("discarding runs that wait", async () => {
    for (const kind of stackKinds) {
      const runs = await runsOf(session, backend, stackName(name, kind));
      for (const { id, isDiscardable } of runs)
        if (isDiscardable && (await hcp.runs.discard(id))) discarded.push(id);
    }
  });
  return discarded;
}
