import { effectRowsOf } from "../plan/meanings.ts";
import type { PlannedStack } from "../plan/plan-stacks.ts";

/**
 * Whether a part of what a plan leads to comes with the next plan only: a zone that is made again has no records until
 * then, and the bucket policies that name a storage user do not name it any more.
 */
export function lags({ saved: { plan } }: PlannedStack): boolean {
  return plan.resource_changes
    .flatMap((change) => effectRowsOf(change))
    .some(({ outcome }) => outcome === "lags");
}
