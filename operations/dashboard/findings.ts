import type { Violation } from "../context/check.ts";
import type { Finding, Severity } from "../context/finding.ts";

/** What stands in the way on Insights, as findings. */
export function findingsOf(problems: readonly Violation[], severity: Severity): Finding[] {
  return problems.map(({ fix = "", ...problem }) => ({
    id: "insights",
    severity,
    fix,
    ...problem,
  }));
}
