import { type Check, CheckSkipped, type Violation } from "../../context/check.ts";
import type { InsightsChange } from "../../dashboard/change.ts";
import type { InsightsPlan } from "../../dashboard/plan.ts";
import type { VerifyContext } from "../context.ts";

const severity = "warning";
const fix =
  "`mam dashboard <environment> apply` brings it back; to keep it, put it into the environment file or monitoring/";

/** Whether Insights shows what the environment describes. A release needs none of it, so nothing of it is an error. */
export const insightsChecks: readonly Check<VerifyContext>[] = [
  {
    id: "insights-dashboard",
    severity,
    what: "The dashboard on Insights is the one that the environment describes.",
    why: "Whoever looks for a fault looks at it first, and its lines have to be those of the alerts.",
    fix,
    run: async ({ insights }) => {
      const { changes, problems } = planned(await insights());
      return [...problems, ...changes.filter(isDashboard).flatMap(violationsOf)];
    },
  },
  {
    id: "insights-alert-rules",
    severity,
    what: "The alert rules on Insights, and the channel that they tell, are as configured.",
    why: "A rule that is paused, or tells somebody else, is noticed after the outage.",
    fix,
    run: async ({ insights }) =>
      planned(await insights())
        .changes.filter((change) => !isDashboard(change))
        .flatMap(violationsOf),
  },
];

const isDashboard = ({ what }: InsightsChange) => what === "dashboard";

/** @throws CheckSkipped where Insights is not used, or not there. */
function planned(plan: InsightsPlan): Extract<InsightsPlan, { readonly state: "planned" }> {
  if (plan.state === "planned") return plan;
  throw new CheckSkipped(plan.state === "off" ? `Insights is off: ${plan.reason}` : plan.reason);
}

function violationsOf({ what, name, action, differences }: InsightsChange): Violation[] {
  const resource = `the ${what} ${name}`;
  if (action === "create") return [{ resource, expected: "there", found: "missing" }];
  if (action === "delete") {
    return [{ resource, expected: "none that nobody configured", found: "it stands" }];
  }
  return differences.map(({ field, expected, found }) => ({
    resource: `${field} of ${resource}`,
    expected,
    found,
  }));
}
