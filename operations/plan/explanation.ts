import type { Environment } from "../../environments/loading/load.ts";
import { inEveryText, oneLine } from "../context/printable.ts";
import type { CostDelta } from "../cost/delta.ts";
import { costOfPlans } from "../cost/planned.ts";
import type { Diagnostic } from "../terraform/messages.ts";
import { type AnyStack, anyStacks, stackKinds } from "../terraform/stack-kinds.ts";
import { type DriftedField, type LeftField, explainDrift } from "./drift.ts";
import type { KeptSetting } from "./kept.ts";
import { type Noise, noiseInWarning, noiseOf } from "./noise.ts";
import type { NamedResource } from "./named.ts";
import type { PlannedStack } from "./plan-stacks.ts";
import { withheldInWords } from "./withheld-words.ts";
import { type Redeployment, explainRedeployment } from "./redeployment.ts";
import { type ExplainedResource, explainResource } from "./resources.ts";

/** What the plan of a stack comes to. */
export interface ExplainedStack {
  readonly part: AnyStack;
  readonly name: string;
  /** What a deployment would touch. */
  readonly resources: readonly ExplainedResource[];
  /** What means nothing, and why. */
  readonly noise: readonly Noise[];
  /** What Terraform and the providers warn of. */
  readonly warnings: readonly string[];
}

/** What the plans of an environment come to. Every text is of one line, whoever wrote what it repeats. */
export interface PlanExplanation {
  readonly environment: string;
  /** Whether a deployment would change anything. */
  readonly changes: boolean;
  readonly stacks: readonly ExplainedStack[];
  /** Stacks that were not planned, each with the reason. */
  readonly notPlanned: readonly {
    readonly part: AnyStack;
    readonly reason: string;
    /** What it describes, where that will be deployed all the same. */
    readonly resources?: readonly NamedResource[];
  }[];
  /** What storage takes away once the app has moved, in words. */
  readonly afterwards: readonly string[];
  /** The app's deployment that would follow, if any. */
  readonly redeployment?: Redeployment;
  /** What people changed in a control panel, and a deployment would undo. */
  readonly drift: readonly DriftedField[];
  /** What people changed there, and stays, because the environment says nothing of it, if anything. */
  readonly left?: readonly LeftField[];
  /** What stays on the platforms although the environment does not say it any more, if anything. */
  readonly kept?: readonly KeptSetting[];
  /** What changes in a month's cost, by prices as they were last read, if anything. */
  readonly cost?: CostDelta;
}

/**
 * Explains plans. Parts of the environment that were not planned are named too.
 *
 * @param reasons why a part was not planned, where there is more to say than that it was not asked for.
 * @param kept what stays although the environment does not say it.
 * @param later what a part describes that is planned later, and deployed then.
 */
export function explainPlan(
  environment: Environment,
  planned: readonly PlannedStack<AnyStack>[],
  reasons: Readonly<Partial<Record<AnyStack, string>>> = {},
  kept: readonly KeptSetting[] = [],
  later: Readonly<Partial<Record<AnyStack, readonly NamedResource[]>>> = {},
): PlanExplanation {
  const explained = planned.map((stack) => explainStack(environment, stack));
  const stacks = explained.map(({ stack }) => stack);
  const app = planned.find(({ stack }) => stack.kind === "app");
  const redeployment = app && explainRedeployment(environment, app.saved.plan);
  const cost = costOfPlans(environment.config, planned, { later: Object.keys(later) });
  const left = explained.flatMap((one) => one.left);
  const explanation: PlanExplanation = {
    environment: environment.config.name,
    changes: stacks.some(({ resources }) => resources.length > 0),
    stacks,
    notPlanned: missing(stacks, reasons).map((part) => ({
      part,
      reason: reasons[part] ?? "not asked for",
      ...(later[part] ? { resources: later[part] } : {}),
    })),
    afterwards: environment.kept ? withheldInWords(environment.kept) : [],
    ...(redeployment ? { redeployment } : {}),
    drift: explained.flatMap(({ drift }) => drift),
    ...(left.length > 0 ? { left } : {}),
    ...(kept.length > 0 ? { kept } : {}),
    ...(cost ? { cost } : {}),
  };
  return inEveryText(explanation, oneLine);
}

/** Parts that were not planned. Most environments have no fourth: only one that could not be planned is missing. */
function missing(
  stacks: readonly { readonly part: AnyStack }[],
  reasons: Readonly<Partial<Record<AnyStack, string>>>,
): AnyStack[] {
  const expected: readonly AnyStack[] = reasons.gpu === undefined ? stackKinds : anyStacks;
  return expected.filter((part) => !stacks.some((stack) => stack.part === part));
}

function explainStack({ config }: Environment, { stack, saved }: PlannedStack<AnyStack>) {
  const changes = saved.plan.resource_changes.map(explainResource);
  const { drift, left, noise } = explainDrift(config, saved.plan, saved.refusedByTerraform);
  const warnings = explainWarnings(saved);
  return {
    stack: {
      part: stack.kind,
      name: stack.name,
      resources: changes.flatMap(({ resource }) => (resource ? [resource] : [])),
      noise: [
        ...changes.flatMap((change) => change.noise),
        ...(saved.plan.resource_drift.length > 0 ? noise : unreadNoise(saved)),
        ...outputNoise(saved),
        ...warnings.flatMap(({ text, why }) =>
          why === undefined ? [] : noiseOf(text, [["", why]]),
        ),
      ],
      warnings: warnings.filter(({ why }) => why === undefined).map(({ text }) => text),
    },
    drift,
    left,
  };
}

/** What differs from the state in a plan that was not read, because nothing changes by it. */
function unreadNoise({ drifted }: PlannedStack["saved"]): Noise[] {
  return drifted.flatMap((address) =>
    noiseOf(address, [["", "it differs from the state, and nothing follows from it"]]),
  );
}

function outputNoise({ plan }: PlannedStack["saved"]): Noise[] {
  const isKept = (actions: readonly string[]) => actions.every((action) => action === "no-op");
  return Object.entries(plan.output_changes)
    .filter(([, { actions }]) => !isKept(actions))
    .flatMap(([name]) =>
      noiseOf(`output ${name}`, [
        ["", "an output tells people and other stacks something: no resource changes by it"],
      ]),
    );
}

/** Warnings, each once: Terraform says the same of every resource of a kind. */
function explainWarnings({ warnings }: PlannedStack["saved"]) {
  const whys = new Map(warnings.map((warning) => [warningText(warning), noiseInWarning(warning)]));
  return [...whys].map(([text, why]) => ({ text, why }));
}

function warningText({ summary, detail }: Diagnostic): string {
  const [first = ""] = detail.split("\n");
  return first === "" ? summary : `${summary}: ${first}`;
}
