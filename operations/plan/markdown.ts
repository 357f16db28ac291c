import type { PlanExplanation } from "./explanation.ts";
import { renderPlan } from "./text.ts";

/** A plan for a pull request. */
export function renderMarkdown(explanation: PlanExplanation): string {
  return `## Plan of ${explanation.environment}\n\n\`\`\`\n${renderPlan(explanation, { all: false })}\`\`\`\n`;
}
