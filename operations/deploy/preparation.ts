import type { CheckReport } from "../command/check.ts";
import type { Progress } from "../command/progress.ts";
import type { Session } from "../command/session.ts";
import { runDoctor } from "../doctor/doctor.ts";
import { type Judgement, type Override, judge } from "../gate/gate.ts";
import type { LedgerEntry } from "../ledger/entry.ts";
import { type PlannedStack, planStacks } from "../plan/plan-stacks.ts";
import { unlessInterrupted } from "../terraform/interruption.ts";
import type { StackPart } from "../terraform/stack-parts.ts";
import { deployedParts } from "../terraform/states.ts";
import { type WrittenStack, synthesiseStacks } from "../terraform/synthesis.ts";
import { type SettledApp, runs, settledApp } from "./platform-deployments.ts";
import { selectStacks } from "./selection.ts";
import { untaintApp } from "./taint.ts";

/** Everything that is known before a deployment begins. Nothing has been changed yet. */
export interface Preparation {
  readonly stacks: Readonly<Record<StackPart, WrittenStack>>;
  readonly planned: readonly PlannedStack[];
  /** Why the other stacks were not planned. */
  readonly reasons: Readonly<Partial<Record<StackPart, string>>>;
  readonly doctor: CheckReport;
  readonly judgement: Judgement;
  /** The app before; undefined when there is none. */
  readonly before: SettledApp | undefined;
  /** Whether Terraform has nothing to change in the app, and the app runs something else all the same. */
  readonly gap: boolean;
  /** Whether anything would be changed. */
  readonly changes: boolean;
}

/** What a preparation depends on. */
export interface PreparationOptions {
  readonly entries: readonly LedgerEntry[];
  readonly overrides: readonly Override[];
  readonly all: boolean;
}

/** Asks the doctor, plans what has to be planned, and asks the gate. */
export async function prepareDeployment(
  session: Session,
  { entries, overrides, all }: PreparationOptions,
  progress: Progress,
): Promise<Preparation> {
  const { environment, interruption } = session;
  const before = await progress.step("asking what runs", () => settledApp(session));
  const doctor = await progress.step("doctor", (tell) =>
    runDoctor(session, ({ what, outcome }) => {
      tell(`${what} ${outcome}`);
    }),
  );
  unlessInterrupted(interruption, "nothing was planned");
  const [stacks, deployed] = await Promise.all([synthesiseStacks(session), deployedParts(session)]);
  if (deployed.has("app") && entries.at(-1)?.result !== "succeeded") {
    await progress.step("looking for a tainted app", async (tell) => {
      if (await untaintApp(session, stacks.app)) tell("the app stands: its taint was taken");
    });
  }
  const { stacks: selected, reasons } = selectStacks({ stacks, entries, deployed, all });
  const planned = await planSelected(session, selected, progress);
  const judgement = await judgePlans(session, planned, doctor, overrides);
  const app = planned.find(({ stack }) => stack.part === "app");
  const gap = !!app && !app.saved.changes && !!before && !runs(before, environment.release);
  const changes = !app || gap || planned.some(({ saved }) => saved.changes);
  return { stacks, planned, reasons, doctor, judgement, before, gap, changes };
}

/** Asks the gate about plans. */
export async function judgePlans(
  { environment, variables }: Session,
  planned: readonly PlannedStack[],
  doctor: CheckReport,
  overrides: readonly Override[],
): Promise<Judgement> {
  const unattended = Boolean(variables.CI);
  return judge({ environment, planned, doctor, unattended }, overrides);
}

/** Whether applying a plan changes what the app's stack reads. */
export function changesOutputs({ saved: { plan } }: PlannedStack): boolean {
  return Object.values(plan.output_changes).some(({ actions }) => actions.join() !== "no-op");
}

/**
 * Plans stacks. The app's plan fails when it reads an output that the other stacks have yet to get; it is then made
 * when they have been applied.
 */
async function planSelected(
  session: Session,
  stacks: readonly WrittenStack[],
  progress: Progress,
): Promise<readonly PlannedStack[]> {
  try {
    return await planStacks(session, stacks, progress);
  } catch (error) {
    const needs = stacks.filter(({ part }) => part !== "app");
    if (needs.length === 0 || needs.length === stacks.length) throw error;
    unlessInterrupted(session.interruption, "the plans were not made");
    const planned = await planStacks(session, needs, progress);
    if (!planned.some(changesOutputs)) throw error;
    return planned;
  }
}
