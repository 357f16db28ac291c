import type { Command } from "commander";

import type { Outcome } from "../context/outcome.ts";
import type { Progress } from "../context/progress.ts";
import type { Session } from "../context/session.ts";
import { confirmation } from "../deploy/confirmation.ts";
import { moving } from "../deploy/moving.ts";
import { type RestoreOptions, restoreSomething } from "../restore/restore.ts";
import { type Operands, environmentCommand } from "./action.ts";

type TypedOptions = RestoreOptions & Operands & { readonly yes: boolean };

/** `mam restore`: proves backups, moves the platform to a restored database, and brings masters back. */
export function declareRestore(program: Command): void {
  environmentCommand<RestoreOptions & { readonly yes: boolean }>(
    program,
    "restore",
    "proves that a backup of the database restores, moves the platform to a restored database, or brings a master back",
    [
      "mam restore production database --to latest --prove",
      "mam restore production database --to 2026-11-29T03:15:00Z --prove",
      "mam restore production database --switch --to 2026-11-29T03:15:00Z",
      "mam restore production database --switch --to mam-production-postgres",
      "mam restore production object 5a4981aa/clip.mov",
      "mam restore production object 5a4981aa/clip.mov --object-version 001733000000000",
    ],
    restore,
    // A proof touches nothing of the environment.
    ({ operands: [what], switch: moves = false }) => what === "object" || moves,
  )
    .argument("<what>", "database or object")
    .argument("[key]", "of an object: its key in the bucket of masters")
    .option(
      "--to <point>",
      "of the database: a dump, latest, a moment such as 2026-11-29T03:15:00Z, now; or a cluster, to go back to it",
      "latest",
    )
    .option("--prove", "of the database: restores beside what runs, compares, removes it", false)
    .option("--switch", "of the database: restores, proves, and moves the platform to it", false)
    .option("--give-up", "with --switch: gives up a move that goes on", false)
    .option("--unproved <reason>", "with --switch: moves although it differs from what runs")
    .option("--address <ip>", "IPv4 address of this machine on the internet; found out without it")
    .option("--yes", "with --switch: goes on without a question, as CI has to", false)
    .option(
      "--object-version <id>",
      "of an object: the version to bring back; default: the newest below a deletion",
    );
}

function restore(session: Session, options: TypedOptions, progress: Progress): Promise<Outcome> {
  const { name } = session.environment.config;
  return restoreSomething(session, options, progress, () =>
    moving(
      confirmation({
        yes: options.yes,
        command: `mam restore ${name} database --switch --to ${options.to}`,
        question: `Move the database of ${name}?`,
        input: process.stdin,
        output: session.output,
        interruption: session.interruption,
      }),
    ),
  );
}
