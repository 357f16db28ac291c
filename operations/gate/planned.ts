import { holdingOf } from "../effects/holdings.ts";
import { type Action, actionOf } from "../plan/action.ts";
import { meaningsOf } from "../plan/meanings.ts";
import type { ResourceChange } from "../terraform/plan-json.ts";
import { inWords } from "../plan/words.ts";
import type { GateContext } from "./context.ts";

/** A resource that a plan touches. */
export interface PlannedResource {
  /** What it is, in words that a person finds in the plan. */
  readonly resource: string;
  readonly address: string;
  readonly type: string;
  readonly action: Action;
  /** Whether its creation ended with an error, so that Terraform would make it anew. */
  readonly isTainted: boolean;
  readonly before: unknown;
  readonly after: unknown;
  /** What it means to users and their data, a sentence each. */
  readonly means: readonly string[];
  /** The change as the plan has it. */
  readonly change: ResourceChange;
}

/** What the plans touch, of some types of resource. */
export function plannedResources(
  { planned: stacks }: GateContext,
  types: readonly string[],
): PlannedResource[] {
  return stacks
    .flatMap(({ saved }) => saved.plan.resource_changes)
    .filter(({ type }) => types.includes(type))
    .flatMap((change) => {
      const action = actionOf(change);
      return action ? [planned(change, action)] : [];
    });
}

/** Resources that Terraform knew and that are not there any more, of some types. */
export function vanishedResources({ planned }: GateContext, types: readonly string[]): string[] {
  return planned
    .flatMap(({ saved }) => saved.plan.resource_drift)
    .filter(({ type, change }) => types.includes(type) && change.actions.includes("delete"))
    .map(named);
}

/** Whether a resource is taken away, if only for a moment. */
export function isRemoved({ action }: PlannedResource): boolean {
  return action === "destroy" || action === "replace";
}

/** Whether a resource stands in the end. */
export function remains({ action }: PlannedResource): boolean {
  return action !== "destroy" && action !== "forget";
}

/** What a plan does to a resource, and what it means, as a finding says it. */
export function describeChange({ address, action, isTainted, means }: PlannedResource): string {
  if (action === "replace" && isTainted) return "replaced, because it is tainted";
  const isGone = action === "replace" || action === "destroy";
  const holding = isGone ? holdingOf(address) : undefined;
  const words: Partial<Record<Action, string>> = { replace: "replaced", destroy: "destroyed" };
  const meaning = [...means, ...(holding === undefined ? [] : [holding])].join("; ");
  return [words[action] ?? action, ...(meaning === "" ? [] : [meaning])].join(": ");
}

function planned(change: ResourceChange, action: Action): PlannedResource {
  const { address, type, action_reason: reason } = change;
  const { before, after } = change.change;
  const isTainted = reason === "replace_because_tainted";
  const means = meaningsOf(change);
  return {
    resource: named(change),
    address,
    type,
    action,
    isTainted,
    before,
    after,
    means,
    change,
  };
}

function named(change: ResourceChange): string {
  return `${inWords(change)} (${change.address})`;
}
