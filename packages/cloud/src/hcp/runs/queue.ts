import type { HcpStore, Workspace } from "../model.ts";
import { type Run, isFinal } from "./model.ts";

/** Whether a run neither needs the lock of its workspace nor holds anybody up: it only plans, or saved its plan. */
const isAside = ({ order, status }: Run) =>
  order.planOnly || (order.savePlan && !["confirmed", "applying"].includes(status));

/** The run that a workspace is busy with: the oldest that has not ended and does not stand aside. */
export function currentRun({ runs }: HcpStore, { id }: Workspace): Run | undefined {
  return runs.find((run) => run.workspaceId === id && !isFinal(run) && !isAside(run));
}

/** Runs that Terraform works at. One that waits for a person is none. */
export const working = ({ runs }: HcpStore) =>
  runs.filter(({ status }) => status === "planning" || status === "applying");

/** The oldest run that may begin now: its plan, or what was confirmed of it. */
export function nextRun(store: HcpStore): Run | undefined {
  if (working(store).length >= store.concurrency) return undefined;
  return store.runs.find((run) => mayBegin(store, run));
}

function mayBegin(store: HcpStore, run: Run): boolean {
  if (run.status !== "pending" && run.status !== "confirmed") return false;
  if (!configurationOf(store, run)?.archive) return false;
  if (isAside(run)) return true;
  const workspace = store.workspaces.find(({ id }) => id === run.workspaceId);
  if (!workspace || currentRun(store, workspace) !== run) return false;
  return workspace.lock === undefined || workspace.lock.id === run.id;
}

/** The configuration of a run. */
export function configurationOf(store: HcpStore, { configurationVersionId: wanted }: Run) {
  return store.configurationVersions.find(({ id }) => id === wanted);
}
