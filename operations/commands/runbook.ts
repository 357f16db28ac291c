import type { Command } from "commander";

import { environmentCommand } from "./action.ts";
import { type RunbookOptions, runbook } from "../runbook/runbook.ts";

/** `mam runbook`: the page of whoever looks after an environment. */
export function declareRunbook(program: Command): void {
  environmentCommand<RunbookOptions>(
    program,
    "runbook",
    "writes docs/runbook.<environment>.md and .html from the configuration; needs no token",
    ["mam runbook production", "mam runbook staging --check"],
    (session, options) => Promise.resolve(runbook(session, options)),
  ).option("--check", "writes nothing, and exits with 1 when a page is not current", false);
}
