import type { Environment } from "../../../environments/loading/load.ts";
import type { Check } from "../../context/check.ts";
import type { Description } from "../../context/finding.ts";
import { type Comparison, violationsOf } from "../comparison.ts";
import type { VerifyContext } from "../context.ts";
import type { ObservedStorage } from "../../platform/observed-storage.ts";
import type { ObservedState } from "../../platform/observed-state.ts";

/** What mends a difference between what stands and what is configured. */
export const deployOrKeep =
  "`mam deploy <environment>` brings it back, and mam plan shows what differs; to keep it, put it into the environment file";

/** A check that puts what stands on DigitalOcean beside what is configured. */
export function compared(
  description: Description,
  compare: (environment: Environment, observed: ObservedState) => readonly Comparison[],
): Check<VerifyContext> {
  return {
    ...description,
    run: async ({ session, observed }) =>
      violationsOf(compare(session.environment, await observed())),
  };
}

/** The same for what stands on Wasabi. */
export function comparedStorage(
  description: Description,
  compare: (environment: Environment, observed: ObservedStorage) => readonly Comparison[],
): Check<VerifyContext> {
  return {
    ...description,
    run: async ({ session, storage }) =>
      violationsOf(compare(session.environment, await storage())),
  };
}
