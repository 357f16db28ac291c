import { inWords } from "../plan/words.ts";
import { type Action, actionOf } from "../plan/resources.ts";
import type { ResourceChange } from "../terraform/plan-json.ts";
import type { GateContext } from "./context.ts";

/** A resource that a plan touches. */
export interface PlannedResource {
  /** What it is, in words that a person finds in the plan. */
  readonly resource: string;
  readonly address: string;
  readonly action: Action;
  /** Whether its creation ended with an error, so that Terraform would make it anew. */
  readonly isTainted: boolean;
  readonly before: unknown;
  readonly after: unknown;
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
export function goes({ action }: PlannedResource): boolean {
  return action === "destroy" || action === "replace";
}

/** Whether a resource stands in the end. */
export function stays({ action }: PlannedResource): boolean {
  return action !== "destroy" && action !== "forget";
}

/** What a plan does to a resource, as a finding says it. */
export function fate({ action, isTainted }: PlannedResource): string {
  if (action === "replace") return isTainted ? "replaced, because it is tainted" : "replaced";
  return action === "destroy" ? "destroyed" : action;
}

function planned(change: ResourceChange, action: Action): PlannedResource {
  const { address, action_reason: reason } = change;
  const { before, after } = change.change;
  const isTainted = reason === "replace_because_tainted";
  return { resource: named(change), address, action, isTainted, before, after };
}

function named(change: ResourceChange): string {
  return `${inWords(change)} (${change.address})`;
}
