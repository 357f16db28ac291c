import type { Command } from "commander";

import { environmentCommand } from "./action.ts";
import { overridable } from "../gate/overridable.ts";
import type { PlanOptions } from "../review/plan.ts";

/** `mam plan`: what a deployment would do. */
export function declarePlan(program: Command): void {
  const command = environmentCommand<PlanOptions>(
    program,
    "plan",
    "plans the stacks, explains what a deployment would do, and asks the gate",
    [
      "mam plan staging",
      "mam plan production --all",
      "mam plan production --markdown > plan.md",
      "mam plan production --detailed-exitcode; test $? -eq 2 && echo changes",
    ],
    // Loaded here, because the other commands need none of it.
    async (...args) => (await import("../review/plan.ts")).planEnvironment(...args),
  )
    .option("--all", "also shows the differences that mean nothing, and why", false)
    .option("--markdown", "writes Markdown for a pull request", false)
    .option(
      "--detailed-exitcode",
      "exits with 2 when there are changes; 2 is also bad usage or configuration",
      false,
    );
  overridable(command);
}
