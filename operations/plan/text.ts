import type { PlanExplanation } from "./explanation.ts";

/** A plan for a terminal. @param all also shows what is only noise. */
export function renderPlan(explanation: PlanExplanation, _: { readonly all: boolean }): string {
  if (!explanation.changes) return `${explanation.environment}: no changes.\n`;
  return explanation.stacks
    .flatMap(({ resources }) => resources)
    .map(({ action, address }) => `${action} ${address}\n`)
    .join("");
}
