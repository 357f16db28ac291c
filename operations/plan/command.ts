import type { Command } from "commander";

import { environmentCommand } from "../command/action.ts";
import type { Outcome } from "../command/outcome.ts";
import type { Progress } from "../command/progress.ts";
import type { Session } from "../command/session.ts";
import { judge } from "../gate/gate.ts";
import { renderFindings } from "../command/finding.ts";
import { type StackPart, appNeeds, stackParts } from "../terraform/stack-parts.ts";
import { deployedParts, refuseHcp } from "../terraform/states.ts";
import { synthesiseStacks } from "../terraform/synthesis.ts";
import { explainPlan } from "./explanation.ts";
import { renderMarkdown } from "./markdown.ts";
import { planStacks } from "./plan-stacks.ts";
import { renderPlan } from "./text.ts";

interface PlanOptions {
  readonly markdown: boolean;
  readonly all: boolean;
  readonly detailedExitcode: boolean;
}

/** `mam plan`: what a deployment would do. */
export function declarePlan(program: Command): void {
  environmentCommand<PlanOptions>(
    program,
    "plan",
    "plans all stacks and explains what a deployment would do",
    [
      "mam plan staging",
      "mam plan production --markdown",
      "mam plan production --detailed-exitcode",
    ],
    planEnvironment,
  )
    .option("--markdown", "writes it for a pull request", false)
    .option("--all", "shows what is only noise too", false)
    .option("--detailed-exitcode", "exits with 2 when there are changes", false);
}

async function planEnvironment(
  session: Session,
  { markdown, all, detailedExitcode }: PlanOptions,
  progress: Progress,
): Promise<Outcome> {
  refuseHcp(session);
  const [stacks, deployed] = await Promise.all([synthesiseStacks(session), deployedParts(session)]);
  const notPlanned: Partial<Record<StackPart, string>> = appNeeds.every((part) =>
    deployed.has(part),
  )
    ? {}
    : { app: "storage and data come first" };
  const parts = stackParts.filter((part) => notPlanned[part] === undefined);
  const planned = await planStacks(
    session,
    parts.map((part) => stacks[part]),
    progress,
  );
  const explanation = explainPlan(session.environment, planned, notPlanned);
  const { findings, ok } = await judge(
    { environment: session.environment, planned, doctor: undefined, unattended: false },
    [],
  );
  const text = markdown ? renderMarkdown(explanation) : renderPlan(explanation, { all });
  return {
    ok,
    data: { ...explanation, findings },
    text: `${text}${renderFindings(findings)}`,
    ...(ok && detailedExitcode && explanation.changes ? { exitCode: 2 } : {}),
  };
}
