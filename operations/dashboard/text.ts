import { renderFindings } from "../context/finding.ts";
import { findingsOf } from "./findings.ts";
import type { InsightsChange } from "./change.ts";
import type { InsightsPlan } from "./plan.ts";

const signs: Readonly<Record<InsightsChange["action"], string>> = {
  create: "+",
  update: "~",
  delete: "-",
};

/** Changes for a terminal, each with what differs. */
export function renderChanges(changes: readonly InsightsChange[]): string {
  return changes
    .flatMap(({ what, name, action, differences }) => [
      `  ${signs[action]} ${what} ${name}\n`,
      ...differences.map(
        ({ field, expected, found }) => `      ${field}: ${found}, to be ${expected}\n`,
      ),
    ])
    .join("");
}

/** A plan for a terminal, without what to do next. */
export function renderInsightsPlan(environment: string, plan: InsightsPlan): string {
  if (plan.state !== "planned") return renderUnplanned(environment, plan);
  const { region, changes, problems, awaited } = plan;
  const waiting =
    awaited.length > 0
      ? `  no data yet, which may take an hour after a first deployment: ${awaited.join(", ")}\n`
      : "";
  const nothing = changes.length + problems.length === 0 ? "  nothing to change\n" : "";
  return [
    `${environment} on Insights, with the metrics of ${region}\n`,
    renderChanges(changes),
    waiting,
    nothing,
    problems.length > 0 ? `\n${renderFindings(findingsOf(problems, "error"))}` : "",
  ].join("");
}

function renderUnplanned(
  environment: string,
  { state, reason }: Exclude<InsightsPlan, { readonly state: "planned" }>,
): string {
  return state === "off"
    ? `Insights is off for ${environment}: ${reason}\n`
    : `${environment} on Insights: ${reason}\n`;
}
