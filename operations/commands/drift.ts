import type { Command } from "commander";

import { type DriftOptions, reportDrift } from "../review/drift.ts";
import { environmentCommand } from "./action.ts";

/** `mam drift`: whether an environment is as its files say. */
export function declareDrift(program: Command): void {
  environmentCommand<DriftOptions>(
    program,
    "drift",
    "says what was changed in a control panel, by field, and with the line that keeps it",
    ["mam drift production", "mam drift production --issue", "mam drift staging --json"],
    reportDrift,
  ).option("--issue", "keeps one issue on GitHub about it: opened, updated, closed", false);
}
