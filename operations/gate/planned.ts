import { inWords } from "../plan/words.ts";
import { type Action, actionOf } from "../plan/resources.ts";
import type { ResourceChange } from "../terraform/plan-json.ts";
import type { GateContext } from "./context.ts";

/** A resource that a plan touches. */
export interface PlannedResource {
  readonly change: ResourceChange;
  readonly action: Action;
  /** What it is, in words that a person finds in the plan. */
  readonly resource: string;
}

/** What the plans touch, of some types of resource. */
export function plannedResources(
  { planned }: GateContext,
  types: readonly string[],
): PlannedResource[] {
  return planned
    .flatMap(({ saved }) => saved.plan.resource_changes)
    .filter(({ type }) => types.includes(type))
    .flatMap((change) => {
      const action = actionOf(change);
      return action ? [{ change, action, resource: named(change) }] : [];
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
export function fate({ action, change }: PlannedResource): string {
  const tainted = change.action_reason === "replace_because_tainted";
  if (action === "replace") return tainted ? "replaced, because it is tainted" : "replaced";
  return action === "destroy" ? "destroyed" : action;
}

function named(change: ResourceChange): string {
  return `${inWords(change)} (${change.address})`;
}
