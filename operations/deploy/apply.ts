import { AbortError, throwIfAborted } from "@mam-infra/clients/abort";
import { messageOf } from "@mam-infra/clients/message";

import type { Finding } from "../context/finding.ts";
import { renderFindings } from "../context/finding.ts";
import type { Tell } from "../context/progress.ts";
import type { Session } from "../context/session.ts";
import { deferSignals } from "../context/signals.ts";
import type { Judgement } from "../gate/gate.ts";
import { isAnnounced } from "../plan/announced.ts";
import { type PlannedStack, planStacks } from "../plan/plan-stacks.ts";
import { forgetReads } from "../platform/sparing/shared-reads.ts";
import { terraformRuntime } from "../terraform/runtime.ts";
import type { AnyStack, StackKind } from "../terraform/stack-kinds.ts";
import { apply } from "../terraform/stack.ts";
import type { SavedPlan } from "../terraform/saved-plan.ts";
import type { StackFolder, SynthesizedStack } from "../terraform/synthesis.ts";
import type { Knowing, StackOutcomes } from "./deployment.ts";
import { lags } from "./lagging.ts";
import { watchLock } from "./lock-watch.ts";
import { type Grounds, judgePlans } from "./preflight.ts";
import { renderLaterPlan } from "./text.ts";

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

/** How far plans were applied. */
export interface Applied {
  readonly outcomes: StackOutcomes;
  /** What ended it early. */
  readonly error?: unknown;
}

/** Hears what becomes of a stack. */
type Note = (kind: StackKind, outcome: StackOutcomes[StackKind]) => void;

/** What a deployment has to know for its plans to be applied. */
export type PlannedDeployment = Knowing<
  keyof Grounds | "planned" | "stacks" | "later" | "outcomes" | "entry"
>;

/**
 * Applies saved plans: storage and data side by side, then the app. The app is planned again, and judged again, when
 * what it reads of the others has changed or it had no plan yet. It always says how far it came: `error` is an
 * AbortError, a TerraformFailed, a PlanRefused, or an Error with the failures of both when storage and data failed.
 */
export function applyPlans(deployment: PlannedDeployment): Promise<Applied> {
  return noting(deployment.outcomes, async (note) => {
    const { session, planned, stacks } = deployment;
    const others = planned.filter(({ stack }) => stack.kind !== "app");
    await applyToTheEnd(deployment, others, note);
    throwIfAborted(session.interruption, "the app was not begun");
    const shown = planned.find(({ stack }) => stack.kind === "app");
    const isFinal = shown && !others.some(changesOutputs);
    const app = isFinal ? shown : await planLater(deployment, stacks.app);
    if (!isFinal) note("app", app.saved.changes ? "not begun" : "unchanged");
    await applyToTheEnd(deployment, [app], note);
  });
}

/** Applies one more plan, judged like the first. */
export function applyOneMore(
  deployment: Knowing<keyof Grounds | "outcomes" | "entry">,
  planned: PlannedStack,
): Promise<Applied> {
  return noting(deployment.outcomes, async (note) => {
    await unlessRefused(deployment, planned);
    await applyTogether(deployment, [planned], note);
  });
}

/** Does something, and says how far it came, however it ends. */
async function noting(
  before: StackOutcomes,
  action: (note: Note) => Promise<void>,
): Promise<Applied> {
  const outcomes = { ...before };
  const note: Note = (kind, outcome) => {
    outcomes[kind] = outcome;
  };
  try {
    await action(note);
    return { outcomes };
  } catch (error) {
    return { outcomes, error };
  }
}

/**
 * Applies plans, and once more what follows from them with the next plan only. That plan is judged like the first.
 *
 * @throws PlanRefused when the gate refuses it.
 */
async function applyToTheEnd(
  deployment: PlannedDeployment,
  planned: readonly PlannedStack[],
  note: Note,
): Promise<void> {
  const { session, progress } = deployment;
  await applyTogether(deployment, planned, note);
  const lagging = planned.filter(lags).map(({ stack }) => stack);
  if (lagging.length === 0) return;
  throwIfAborted(session.interruption, "what follows from it was not begun: deploy again");
  const rest = await planStacks(session, lagging, progress);
  for (const plan of rest) await unlessRefused(deployment, plan);
  await applyTogether(deployment, rest, note);
}

/**
 * Plans a stack that could not be planned before, or not for good. It is judged again, and confirmed again when it does
 * more than what was shown or named.
 */
async function planLater(
  deployment: PlannedDeployment,
  stack: SynthesizedStack,
): Promise<PlannedStack> {
  const { session, options, progress, planned, later: named } = deployment;
  const [made] = await planStacks(session, [stack], progress);
  if (!made) throw new Error(`${stack.name} was not planned`);
  const judgement = await unlessRefused(deployment, made);
  const shown = planned.find((one) => one.stack.kind === stack.kind);
  if (isAnnounced(made, { shown, named })) return made;
  const text = renderLaterPlan(session, made, judgement);
  if (options.reviewed)
    throw new NotConfirmed(`${text}Nobody reviewed it: nothing of it was changed`);
  if (await options.confirm(text)) return made;
  throw new NotConfirmed(`the plan of ${stack.name} was not confirmed: nothing of it was changed`);
}

/** Asks the gate about a plan that was made later. @throws PlanRefused when it refuses it. */
export async function unlessRefused(
  deployment: Knowing<keyof Grounds>,
  planned: PlannedStack<AnyStack>,
): Promise<Judgement> {
  const judgement = await judgePlans(deployment.session, [planned], deployment);
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
async function applyTogether(
  { session, progress, entry }: Knowing<"entry">,
  planned: readonly PlannedStack[],
  note: Note,
): Promise<void> {
  const results = await progress.together(
    planned
      .filter(({ saved }) => saved.changes)
      .map(({ stack, saved }) => ({
        title: `applying ${stack.name}`,
        run: async (tell: Tell) => {
          throwIfAborted(session.interruption, `${stack.name} was not begun`);
          try {
            await applyOne(session, entry.id, { stack, saved }, tell);
            note(stack.kind, "applied");
          } catch (error) {
            note(stack.kind, error instanceof AbortError ? "interrupted" : "failed");
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
  release: string,
  { stack, saved }: PlannedStack,
  tell: Tell,
): Promise<void> {
  const toTheEnd = finished.includes(stack.kind);
  await applySaved(session, release, { stack, saved, toTheEnd, kind: stack.kind }, tell);
}

/** A saved plan of any stack. */
interface SavedStack {
  readonly stack: StackFolder;
  readonly saved: SavedPlan;
  /** Whether an interruption lets it end. */
  readonly toTheEnd: boolean;
  /** Which stack it is of the three; of a fourth nobody knows what its plan makes untrue. */
  readonly kind?: StackKind;
}

/** Applies a saved plan, and remembers meanwhile whose lock the state has. */
export async function applySaved(
  session: Session,
  release: string,
  { stack, saved, toTheEnd, kind }: SavedStack,
  tell: Tell,
): Promise<void> {
  const runtime = terraformRuntime(session, stack);
  const watch = watchLock(session, release, stack, tell);
  await deferSignals(async (urgency) => {
    const interruption = toTheEnd ? urgency : session.interruption;
    try {
      await apply(stack, { ...runtime, interruption }, saved, { tell, locked: watch.taken });
    } finally {
      forgetReads(session, kind);
      await watch.end();
    }
  }, tell);
}
