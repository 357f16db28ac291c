import type { EnvironmentConfig } from "../../environments/schema/environment.ts";
import { type CostDelta, deltaOf } from "./delta.ts";
import { datedReckoning } from "./estimate.ts";
import { type PlannedChange, linesOfPlan } from "./standing.ts";

/** A plan, as far as its cost is concerned. */
interface Planned {
  readonly saved: { readonly plan: { readonly resource_changes: readonly PlannedChange[] } };
}

/**
 * What plans do to a month's cost: what they would make stand, against what stands. Undefined where they do nothing to
 * it. A plan that was not read, because nothing changes in it, is equal on both sides.
 */
export function costOfPlans(
  config: EnvironmentConfig,
  planned: readonly Planned[],
  reckoning = datedReckoning,
): CostDelta | undefined {
  const changes = planned.flatMap(({ saved }) => saved.plan.resource_changes);
  return deltaOf(
    linesOfPlan(config, changes, "before", reckoning),
    linesOfPlan(config, changes, "after", reckoning),
  );
}
