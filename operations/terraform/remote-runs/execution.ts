import type { HcpRunState, RunOrder } from "@mam-infra/clients/hcp/runs";
import { type Session, finishing } from "../../context/session.ts";
import type { HcpBackend } from "../../state-place/hcp-backend.ts";
import { emptyPlan, planSchema } from "../plan-json.ts";
import type { Heard, PlanOptions, RemoteExecution, SavedPlan } from "../saved-plan.ts";
import type { StackFolder } from "../synthesis.ts";
import { beginRun } from "./begin.ts";
import { hearing } from "./hearing.ts";
import { openRunsOf } from "./open-runs.ts";
import { diagnosticsIn, failureOf, messagesIn } from "./run-log.ts";
import { type Waiting, settled } from "./settled.ts";

/** Where runs are made, and for whom. */
interface Place {
  readonly session: Session;
  readonly backend: HcpBackend;
}

/**
 * Runs of HCP Terraform by its API, without Terraform's command line: that prints a plan as prose, takes a cancelled apply
 * for a good one, leaves a run behind that everybody waits for, and sends every TF_VAR in clear (1.11.4). A run with a
 * saved plan is what a saved plan is elsewhere: it is shown and judged, and then exactly it is applied. It holds nobody up.
 */
export function remoteExecution(session: Session, backend: HcpBackend): RemoteExecution {
  const place = { session, backend };
  return {
    plan: (...given) => planRemotely(place, ...given),
    apply: (...given) => applyRemotely(place, ...given),
    refresh: (...given) => refreshRemotely(place, ...given),
  };
}

async function planRemotely(
  place: Place,
  stack: StackFolder,
  options: PlanOptions,
  interruption: AbortSignal,
): Promise<SavedPlan> {
  const { session } = place;
  const run = await planned(place, stack, { savePlan: true }, interruption, options.assumed);
  const runs = runsOf(place);
  const log = await runs.log("plans", run.planId);
  if (!["planned_and_saved", "planned_and_finished"].includes(run.status))
    throw failureOf("plan", stack.directory, explained(run, log), session.redactor);
  const drifted = messagesIn(log).flatMap(({ type, change }) =>
    type === "resource_drift" && change ? [change.resource.addr] : [],
  );
  const isRead = run.hasChanges || (options.readDrift === true && drifted.length > 0);
  const json = isRead ? await runs.planJson(run.planId) : undefined;
  session.redactor.learnFrom(json);
  return {
    digest: run.id,
    changes: run.hasChanges,
    plan: json === undefined ? emptyPlan : planSchema.parse(json),
    drifted,
    warnings: diagnosticsIn(log).filter(({ severity }) => severity === "warning"),
  };
}

async function applyRemotely(
  place: Place,
  stack: StackFolder,
  { digest: id }: Pick<SavedPlan, "digest">,
  heard: Heard,
  interruption: AbortSignal,
): Promise<void> {
  const runs = runsOf(place);
  const { session } = place;
  if (!(await runs.confirm(id))) {
    const { status } = await runs.read(id);
    const stale = `The run ${id} is ${status}: its plan cannot be applied any more. Nothing of it was applied.`;
    throw failureOf("apply", stack.directory, stale, session.redactor);
  }
  openRunsOf(session).saved.delete(id);
  const run = await settled(id, {
    ...waitingOf(place, interruption),
    // What was confirmed is saved for a moment longer.
    also: ["planned_and_saved"],
    meanwhile: hearing(runs, heard),
  });
  await refuseUnless("applied", place, run, stack);
}

async function refreshRemotely(
  place: Place,
  stack: StackFolder,
  targets: readonly string[],
  interruption: AbortSignal,
): Promise<void> {
  const order = { refreshOnly: true, autoApply: true, targets };
  const run = await planned(place, stack, order, interruption);
  if (run.status !== "planned_and_finished") await refuseUnless("applied", place, run, stack);
}

/** Begins a run, and waits until it rests. */
async function planned(
  place: Place,
  stack: StackFolder,
  order: Partial<RunOrder>,
  interruption: AbortSignal,
  assumed: readonly string[] = [],
): Promise<HcpRunState> {
  const { id } = await beginRun(place, stack, order, interruption, assumed);
  const { saved } = openRunsOf(place.session);
  if (order.savePlan) saved.add(id);
  const run = await settled(id, waitingOf(place, interruption));
  if (run.status !== "planned_and_saved") saved.delete(id);
  return run;
}

/** What became of an apply is asked of its run. @throws TerraformFailed when it is not what is wanted */
async function refuseUnless(
  wanted: string,
  place: Place,
  run: HcpRunState,
  { directory }: StackFolder,
): Promise<void> {
  if (run.status === wanted) return;
  const log = await runsOf(place).log("applies", run.applyId);
  throw failureOf("apply", directory, explained(run, log), place.session.redactor);
}

const waitingOf = (place: Place, interruption: AbortSignal): Waiting => ({
  runs: runsOf(place),
  afterwards: () => runsOf({ ...place, session: finishing(place.session) }),
  interruption,
  urgency: place.session.urgency,
});

const runsOf = ({ session, backend }: Place) => session.clients.hcp(backend.organization).runs;

/** A log with what became of the run, where that is not what the log says. */
const explained = ({ id, status }: HcpRunState, log: string) =>
  status === "errored" ? log : `${log}\nThe run ${id} is ${status}. Nothing more of it was done.`;
