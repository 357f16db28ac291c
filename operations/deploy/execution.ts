import type { Finding } from "../context/finding.ts";
import { renderFindings } from "../context/finding.ts";
import { messageOf } from "@mam-infra/clients/message";
import type { Progress, Tell } from "../context/progress.ts";
import type { Session } from "../context/session.ts";
import type { Judgement } from "../gate/gate.ts";
import type { LedgerEntry } from "../ledger/entry.ts";
import { isAnnounced } from "../plan/announced.ts";
import { type PlannedStack, planStacks } from "../plan/plan-stacks.ts";
import { AbortError, throwIfAborted } from "@mam-infra/clients/abort";
import { deferSignals } from "../context/signals.ts";
import type { StackKind } from "../terraform/stack-kinds.ts";
import { apply } from "../terraform/stack.ts";
import { terraformRuntime } from "../terraform/runtime.ts";
import type { SynthesizedStack } from "../terraform/synthesis.ts";
import { judgePlans } from "./examination.ts";
import { lags } from "./lagging.ts";
import type { Preparation } from "./preparation.ts";
import { renderLaterPlan } from "./text.ts";

/** What became of each stack; written while they are applied, so that it is known wherever it ends. */
export type StackOutcomes = Record<StackKind, NonNullable<LedgerEntry["stacks"]["app"]>["outcome"]>;

/** Thrown when the gate refuses a plan that was made after other stacks had been applied. */
export class PlanRefused extends Error {
  readonly findings: readonly Finding[];

  constructor(stack: string, findings: readonly Finding[]) {
    super(
      `the plan of ${stack}, made after others were applied, is refused\n${renderFindings(findings)}`,
    );
    this.name = "PlanRefused";
    this.findings = findings;
  }
}

/** Thrown when a person does not want what a later plan does. */
class NotConfirmed extends Error {
  constructor(message: string) {
    super(message);
    this.name = "NotConfirmed";
  }
}

/** What is known of the stacks before anything is applied. */
export function outcomesBefore({ planned, reasons }: Preparation): StackOutcomes {
  const outcomeOf = (part: StackKind): StackOutcomes[StackKind] => {
    const plan = planned.find(({ stack }) => stack.kind === part);
    if (plan) return plan.saved.changes ? "not begun" : "unchanged";
    return part !== "app" && reasons[part] !== undefined ? "not planned" : "not begun";
  };
  return { storage: outcomeOf("storage"), data: outcomeOf("data"), app: outcomeOf("app") };
}

/**
 * Applies saved plans: storage and data side by side, then the app. The app is planned again, and judged again, when
 * what it reads of the others has changed or it had no plan yet.
 *
 * @throws Interrupted, TerraformFailed, or an Error with the failures of both when storage and data failed.
 * @throws PlanRefused when the gate refuses the app's new plan.
 */
export async function applyPlans(
  preparation: Preparation,
  outcomes: StackOutcomes,
  progress: Progress,
): Promise<void> {
  const { session, planned, stacks } = preparation;
  const needs = planned.filter(({ stack }) => stack.kind !== "app");
  await applyToTheEnd(preparation, needs, outcomes, progress);
  throwIfAborted(session.interruption, "the app was not begun");
  const shown = planned.find(({ stack }) => stack.kind === "app");
  const isFinal = shown && !needs.some(changesOutputs);
  const app = isFinal ? shown : await planLater(preparation, stacks.app, progress);
  if (!isFinal) outcomes.app = app.saved.changes ? "not begun" : "unchanged";
  await applyToTheEnd(preparation, [app], outcomes, progress);
}

/**
 * Applies plans, and once more what follows from them with the next plan only. That plan is judged like the first.
 *
 * @throws PlanRefused when the gate refuses it.
 */
async function applyToTheEnd(
  preparation: Preparation,
  planned: readonly PlannedStack[],
  outcomes: StackOutcomes,
  progress: Progress,
): Promise<void> {
  const { session } = preparation;
  await applyTogether(session, planned, outcomes, progress);
  const lagging = planned.filter(lags).map(({ stack }) => stack);
  if (lagging.length === 0) return;
  throwIfAborted(session.interruption, "what follows from it was not begun: deploy again");
  const rest = await planStacks(session, lagging, progress);
  for (const plan of rest) await unlessRefused(preparation, plan);
  await applyTogether(session, rest, outcomes, progress);
}

/**
 * Plans a stack that could not be planned before, or not for good. It is judged again, and confirmed again when it does
 * more than what was shown or named.
 */
async function planLater(
  preparation: Preparation,
  stack: SynthesizedStack,
  progress: Progress,
): Promise<PlannedStack> {
  const { session, planned, later: named, grounds } = preparation;
  const [made] = await planStacks(session, [stack], progress);
  if (!made) throw new Error(`${stack.name} was not planned`);
  const judgement = await unlessRefused(preparation, made);
  const shown = planned.find((one) => one.stack.kind === stack.kind);
  if (isAnnounced(made, { shown, named })) return made;
  if (await grounds.confirm(renderLaterPlan(preparation, made, judgement))) return made;
  throw new NotConfirmed(`the plan of ${stack.name} was not confirmed: nothing of it was changed`);
}

/** Asks the gate about a plan that was made later. @throws PlanRefused when it refuses it. */
export async function unlessRefused(
  preparation: Preparation,
  planned: PlannedStack,
): Promise<Judgement> {
  const judgement = await judgePlans(preparation.session, [planned], preparation);
  if (judgement.ok) return judgement;
  throw new PlanRefused(planned.stack.name, judgement.findings);
}

/** Whether applying a plan changes what the app's stack reads. */
function changesOutputs({ saved: { plan } }: PlannedStack): boolean {
  return Object.values(plan.output_changes).some(({ actions }) => actions.join() !== "no-op");
}

/**
 * Stacks that an interruption lets end, at most a minute's work, and that only a second one stops: told to stop, the AWS
 * provider drops its requests (measured with 5.100.0). A bucket whose creation was under way then stands and is in no
 * state, and one that was only half configured is tainted. The DigitalOcean provider finishes its requests either way.
 */
const finished: readonly StackKind[] = ["storage"];

/** Applies saved plans side by side, as far as they change anything. */
export async function applyTogether(
  session: Session,
  planned: readonly PlannedStack[],
  outcomes: StackOutcomes,
  progress: Progress,
): Promise<void> {
  const results = await progress.together(
    planned
      .filter(({ saved }) => saved.changes)
      .map(({ stack, saved }) => ({
        title: `applying ${stack.name}`,
        run: async (tell: Tell) => {
          throwIfAborted(session.interruption, `${stack.name} was not begun`);
          outcomes[stack.kind] = "failed";
          try {
            await applyOne(session, { stack, saved }, tell);
            outcomes[stack.kind] = "applied";
          } catch (error) {
            if (error instanceof AbortError) outcomes[stack.kind] = "interrupted";
            throw error;
          }
        },
      })),
  );
  const failures = results.flatMap((result) =>
    result.status === "rejected" ? [result.reason as unknown] : [],
  );
  if (failures.length > 1) throw new Error([...new Set(failures.map(messageOf))].join("\n"));
  if (failures.length === 1) throw failures[0];
}

async function applyOne(
  session: Session,
  { stack, saved }: PlannedStack,
  tell: Tell,
): Promise<void> {
  const runtime = terraformRuntime(session, stack);
  await deferSignals((urgency) => {
    const interruption = finished.includes(stack.kind) ? urgency : session.interruption;
    return apply(stack, { ...runtime, interruption }, saved, tell);
  }, tell);
}

/** The stacks as the ledger remembers them. */
export function recordedStacks(
  { stacks }: Pick<Preparation, "stacks">,
  outcomes: StackOutcomes,
): LedgerEntry["stacks"] {
  const recorded = (part: StackKind) => ({
    fingerprint: stacks[part].fingerprint,
    outcome: outcomes[part],
  });
  return { storage: recorded("storage"), data: recorded("data"), app: recorded("app") };
}
