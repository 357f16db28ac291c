import type { Command } from "commander";

import { type RestoreOptions, restoreSomething } from "../restore/restore.ts";
import { environmentCommand } from "./action.ts";

/** `mam restore`: proves that a dump restores, and brings masters back. */
export function declareRestore(program: Command): void {
  environmentCommand<RestoreOptions>(
    program,
    "restore",
    "proves that a dump of the database restores, or brings a deleted or overwritten master back",
    [
      "mam restore production database --to latest --prove",
      "mam restore staging database --to 2026-11-29T00-00-00Z --prove --json",
      "mam restore production object 5a4981aa/clip.mov",
      "mam restore production object 5a4981aa/clip.mov --object-version 001733000000000",
    ],
    restoreSomething,
    // A proof touches nothing of the environment.
    ({ operands: [what] }) => what === "object",
  )
    .argument("<what>", "database or object")
    .argument("[key]", "of an object: its key in the bucket of masters")
    .option("--to <dump>", "of the database: name of a dump, or latest", "latest")
    .option("--prove", "of the database: restores beside what runs, compares, removes it", false)
    .option(
      "--object-version <id>",
      "of an object: the version to bring back; default: the newest below a deletion",
    );
}
