import type { Clock } from "../../clock.ts";
import type { Platform } from "../platform.ts";
import type { InsightsKnobs } from "./knobs.ts";
import type { Delivery } from "./model.ts";
import { judgeRules } from "./rules/judge.ts";
import { ruleSchema } from "./rules/rule-schema.ts";
import { addRule } from "./rules/rules.ts";

/** What a test can do with Insights beside the API. */
export interface InsightsHandle {
  /** They can be turned at any time: `insights.knobs.dashboardLimit = 1`. */
  readonly knobs: InsightsKnobs;
  /** What was told to whom until now, oldest first; nobody is reached. */
  deliveries(): readonly Delivery[];
  /**
   * Makes a rule as the control panel does: the list leaves it out.
   *
   * @param spec as it is sent to the API.
   * @returns its id.
   * @throws ApiError or ZodError for a rule that the API would refuse.
   */
  addConsoleRule(spec: unknown): string;
}

/** The handle of an account's Insights. */
export function insightsHandle(platform: Platform, clock: Clock): InsightsHandle {
  const { insights } = platform.store;
  return {
    knobs: insights.knobs,
    deliveries: () => {
      judgeRules(platform, clock.now());
      return [...insights.deliveries];
    },
    addConsoleRule: (spec) =>
      addRule(insights, ruleSchema.parse({ spec }), { at: clock.now(), isConsoleMade: true }).id,
  };
}
