import type { Command } from "commander";

import { environmentCommand } from "./action.ts";
import { overridable } from "../gate/overridable.ts";
import type { PlanOptions } from "../review/plan.ts";

interface Options extends PlanOptions {
  readonly against?: string;
}

/** `mam plan`: what a deployment would do. */
export function declarePlan(program: Command): void {
  const command = environmentCommand<Options>(
    program,
    "plan",
    "plans the stacks, explains what a deployment would do, and asks the gate",
    [
      "mam plan staging",
      "mam plan production --all",
      "mam plan production --markdown > plan.md",
      "mam plan production --review review",
      "mam plan production --against HEAD^1 --markdown",
      "mam plan production --detailed-exitcode; test $? -eq 2 && echo changes",
    ],
    // Loaded here, because the other commands need none of it.
    async (session, { against, ...options }, progress) =>
      against === undefined
        ? (await import("../review/plan.ts")).planEnvironment(session, options, progress)
        : (await import("../review/against.ts")).planAgainst(
            session,
            { ...options, against },
            progress,
          ),
  )
    .option("--all", "also shows the differences that mean nothing, and why", false)
    .option("--markdown", "writes Markdown for a pull request", false)
    .option(
      "--review <directory>",
      "also writes <environment>.md for a pull request, and <environment>.json for mam deploy --reviewed",
    )
    .option(
      "--against <commit>",
      "compares what is synthesised here and at a commit instead: no credentials, no Terraform, no gate",
    )
    .option(
      "--detailed-exitcode",
      "exits with 2 when there are changes; 2 is also bad usage or configuration",
      false,
    );
  overridable(command);
}
