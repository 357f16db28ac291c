import { setImmediate } from "node:timers/promises";

import {
  type Credential,
  credentials,
  requireCredentials,
  stateCredentials,
} from "../context/credentials.ts";
import type { Outcome } from "../context/outcome.ts";
import type { Progress } from "../context/progress.ts";
import type { Session } from "../context/session.ts";
import { askPrices } from "../cost/live.ts";
import { costOfPlans } from "../cost/planned.ts";
import { lookAtMachines } from "../deploy/gpu.ts";
import { writeMachineStack } from "../deploy/machine-plan.ts";
import { gateContext } from "../gate/context.ts";
import { type Judgement, judge, parseOverride } from "../gate/gate.ts";
import { renderJudgement } from "../gate/text.ts";
import { type MachineChanges, hasChanges } from "../gpu/machines.ts";
import { renderMachines } from "../gpu/text.ts";
import { commitOf } from "../ledger/author.ts";
import { refuseLostStates } from "../state/lost.ts";
import type { AnyStack } from "../terraform/stack-kinds.ts";
import { type SynthesizedStack, synthesiseStacks } from "../terraform/synthesis.ts";
import { withAssumedSecrets } from "../plan/assumed-secrets.ts";
import { type PlanExplanation, explainPlan } from "../plan/explanation.ts";
import { keptSettings } from "../plan/kept.ts";
import { renderMarkdown } from "./markdown.ts";
import { excusingReaders } from "../plan/not-yet.ts";
import { type NamedResource, namedResources } from "../plan/named.ts";
import { type PlannedStack, type PlanningOptions, planStacks } from "../plan/plan-stacks.ts";
import { renderPlan } from "../plan/text.ts";
import { withhold } from "../plan/withheld.ts";
import { writeReview } from "../reviewed/file.ts";
import { type Reviewed, reviewedStacks } from "../reviewed/fingerprint.ts";
import { keysOf } from "../reviewed/keys.ts";

/** Options of `mam plan`. */
export interface PlanOptions {
  readonly all: boolean;
  readonly markdown: boolean;
  readonly detailedExitcode: boolean;
  readonly override: readonly string[];
  /** Directory for the plan as Markdown, and for what was reviewed; not written without it. */
  readonly review?: string;
}

type Later = Readonly<Partial<Record<AnyStack, readonly NamedResource[]>>>;

/** Exit code that Terraform's own `plan -detailed-exitcode` has for changes. */
const changesExitCode = 2;

/** A plan that was made, explained and judged. */
export interface MadePlan {
  readonly explanation: PlanExplanation;
  readonly judgement: Judgement;
  readonly planned: readonly PlannedStack<AnyStack>[];
  /** Resources of what cannot be planned yet. */
  readonly later: Later;
  /** The stack of machines with a card; undefined for an environment that asks for none and has none. */
  readonly machineStack: SynthesizedStack<"gpu"> | undefined;
}

/**
 * Plans the stacks of an environment side by side, explains the plans, and asks the gate about them. Nothing is applied,
 * and no state is written. It needs no secret of the app: what nobody supplies is assumed, and named.
 *
 * @throws NotConfigured for an override that names no rule, or without the platforms' credentials; Error where a state was
 *   lost.
 */
export async function planEnvironment(
  session: Session,
  { all, markdown, detailedExitcode, override, review }: PlanOptions,
  progress: Progress,
): Promise<Outcome> {
  const made = await makePlan(session, { all, override }, progress);
  const { explanation, judgement } = made;
  const machines = await changingMachines(session, made);
  const besides = machines ? renderMachines(session.environment.config, machines) : "";
  const inMarkdown = () => renderMarkdown(explanation, { all, judgement }) + besides;
  if (review !== undefined) {
    const text = session.redactor.redact(inMarkdown());
    writeReview(review, await reviewOf(session, made), text);
  }
  const plan = renderPlan(explanation, { all }) + renderJudgement(judgement);
  const isChanged = explanation.changes || (machines !== undefined && hasChanges(machines));
  return {
    ok: judgement.ok,
    data: { ...explanation, gate: judgement, ...(machines ? { machines } : {}) },
    text: markdown ? inMarkdown() : plan + besides,
    ...(judgement.ok && isChanged && detailedExitcode ? { exitCode: changesExitCode } : {}),
  };
}

/** What becomes of machines with a card; undefined for an environment that asks for none and has none. */
async function changingMachines(
  session: Session,
  { machineStack }: MadePlan,
): Promise<MachineChanges | undefined> {
  return machineStack && (await lookAtMachines({ session, machineStack })).machines;
}

/** Makes a plan, explains it, and asks the gate about it, as {@link planEnvironment} does. */
export async function makePlan(
  opened: Session,
  { all, override }: Pick<PlanOptions, "all" | "override">,
  progress: Progress,
): Promise<MadePlan> {
  const overrides = override.map(parseOverride);
  requireCredentials(neededCredentials(opened), opened.variables);
  const { session, names: assumed, findings } = await withAssumedSecrets(opened);
  const making = planEvery(session, { readDrift: all, assumed }, progress);
  const keeping = whileTerraformRuns(() => keptSettings(session, all));
  const whole = whileTerraformRuns(() => refuseLostStates(session));
  // What Terraform makes of a state that was lost is not worth telling.
  const made = await making.finally(() => whole);
  const context = gateContext(opened, { planned: made.planned, doctor: undefined });
  const withheld = await withhold(session, made, context.past.app, progress);
  const { planned } = withheld;
  const { environment } = withheld.session;
  const explained = explainPlan(environment, planned, made.reasons, await keeping, made.later);
  const beside = { planned, later: made.later, machineStack: made.machineStack };
  const explanation = await withPricesOfNow(session, explained, beside);
  const judged = await judge({ ...context, planned }, overrides);
  const judgement = { ...judged, findings: [...judged.findings, ...findings] };
  return { explanation, judgement, ...beside };
}

/** What a deployment compares its plan with. */
async function reviewOf(session: Session, { planned, later }: MadePlan): Promise<Reviewed> {
  const commit = await commitOf(session);
  return {
    version: 1,
    environment: session.environment.config.name,
    ...(commit === undefined ? {} : { commit }),
    planned: new Date().toISOString(),
    stacks: reviewedStacks(planned, await keysOf(session, planned), later),
  };
}

/** The explanation with App Platform's prices of this moment, which are asked for where the cost changes. */
async function withPricesOfNow(
  session: Session,
  explanation: PlanExplanation,
  { planned, later }: { planned: readonly PlannedStack<AnyStack>[]; later: object },
): Promise<PlanExplanation> {
  if (!explanation.cost) return explanation;
  const { reckoning } = await askPrices(session, new Date());
  const { cost, ...rest } = explanation;
  const beside = { reckoning, later: Object.keys(later) };
  return { ...rest, cost: costOfPlans(session.environment.config, planned, beside) ?? cost };
}

/** Asks once Terraform was started, which is what takes the time; a failure reaches the code that waits for the answer. */
function whileTerraformRuns<T>(ask: () => Promise<T>): Promise<T> {
  const answer = setImmediate().then(ask);
  // A plan that fails is told first, and then no answer is waited for.
  answer.catch(() => undefined);
  return answer;
}

/** Plans every stack. Of one that cannot be planned yet its resources are named. */
async function planEvery(session: Session, options: PlanningOptions, progress: Progress) {
  const { reasons, excuse } = excusingReaders(session);
  const stacks = await synthesiseStacks(session);
  const { machineStack } = await writeMachineStack({ session });
  const all: readonly SynthesizedStack<AnyStack>[] = [
    ...Object.values(stacks),
    ...(machineStack ? [machineStack] : []),
  ];
  const planned = await planStacks(session, all, progress, { ...options, excuse });
  const later: Later = Object.fromEntries(
    all
      .filter(({ kind }) => reasons[kind] !== undefined)
      .map((stack) => [stack.kind, namedResources(stack)]),
  );
  return { stacks, machineStack, planned, reasons, later };
}

/** What Terraform would ask for one at a time, and without saying where it is made. */
function neededCredentials({ environment: { config } }: Session): Credential[] {
  const { digitalOceanToken, wasabiAccessKey, wasabiSecretKey } = credentials;
  const ofStates = stateCredentials(config.state.backend.kind);
  return [digitalOceanToken, ...ofStates, wasabiAccessKey, wasabiSecretKey];
}
