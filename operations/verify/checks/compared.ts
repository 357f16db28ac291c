import type { Environment } from "../../../environments/load.ts";
import type { Check } from "../../command/check.ts";
import type { Description } from "../../command/finding.ts";
import { type Comparison, observationsOf } from "../comparison.ts";
import type { VerifyContext } from "../context.ts";
import type { Survey } from "../survey.ts";

/** A check that puts what stands beside what is configured. */
export function compared(
  description: Description,
  compare: (environment: Environment, survey: Survey) => readonly Comparison[],
): Check<VerifyContext> {
  return {
    ...description,
    look: async ({ session, survey }) =>
      observationsOf(compare(session.environment, await survey())),
  };
}
