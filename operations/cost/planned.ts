import type { EnvironmentConfig } from "../../environments/schema/environment.ts";
import { type CostDelta, deltaOf } from "./delta.ts";
import { type Reckoning, datedReckoning } from "./estimate.ts";
import { type PlannedChange, linesOfPlan } from "./standing.ts";

/** A plan, as far as its cost is concerned. */
interface Planned {
  readonly saved: { readonly plan: { readonly resource_changes: readonly PlannedChange[] } };
}

/** What else there is to know beside plans. */
interface Beside {
  /** What the plans are reckoned with; dated prices without it. */
  readonly reckoning?: Reckoning;
  /** Parts of the environment that are planned later, and deployed then: what they cost is not in these plans. */
  readonly later?: readonly string[];
}

/**
 * What plans do to a month's cost: what they would make stand, against what stands. Undefined where they do nothing to
 * it. A plan that was not read, because nothing changes in it, is equal on both sides.
 */
export function costOfPlans(
  config: EnvironmentConfig,
  planned: readonly Planned[],
  { reckoning = datedReckoning, later = [] }: Beside = {},
): CostDelta | undefined {
  const changes = planned.flatMap(({ saved }) => saved.plan.resource_changes);
  const delta = deltaOf(
    linesOfPlan(config, changes, "before", reckoning),
    linesOfPlan(config, changes, "after", reckoning),
  );
  const unplanned = later.map((part) => `the ${part}, which is planned later`);
  return delta && { ...delta, unknown: [...delta.unknown, ...unplanned] };
}
