import type { Command } from "commander";

import { environmentCommand } from "./action.ts";
import { declareRepairs } from "./state-repairs.ts";
import { bootstrapState } from "../state/bootstrap.ts";
import { migrateStates } from "../state/migrate.ts";
import { restoreState } from "../state/restore.ts";
import { showStates } from "../state/show.ts";
import { listStateVersions } from "../state/versions.ts";

/** `mam state`: Terraform's states, where they lie, and what a deployment that was killed left. */
export function declareState(program: Command): void {
  const state = program
    .command("state")
    .description(
      "Terraform's states: shown, gone back to, and put right after a deployment that was killed",
    );
  declareKeeping(state);
  declareMigration(state);
  declareRepairs(state);
}

/** Where the states lie, and their versions. */
function declareKeeping(state: Command): void {
  environmentCommand(
    state,
    "bootstrap",
    "makes the bucket or the workspaces of the states, and proves that they lock",
    ["mam state bootstrap production"],
    bootstrapState,
    () => true,
  );
  environmentCommand(
    state,
    "show",
    "shows each stack's state, and who holds its lock since when",
    ["mam state show production", "mam state show staging --json"],
    showStates,
  );
  environmentCommand(
    state,
    "versions",
    "lists the versions of the states that are kept",
    ["mam state versions production", "mam state versions production production-app"],
    listStateVersions,
  ).argument("[stack]", "one stack; default all three");
  environmentCommand(
    state,
    "restore",
    "writes an older version of a state as the newest one; the platforms stay as they are",
    ["mam state restore staging staging-app 3HL4kqtJlcpXroDTDmJ+rmSpXd3dIbrHY"],
    restoreState,
    () => true,
  )
    .argument("<stack>", "stack whose state it is")
    .argument("<version>", "id that mam state versions lists");
}

/** Moves the states of an environment to where its file says. */
function declareMigration(state: Command): void {
  environmentCommand(
    state,
    "migrate",
    "copies the states and the history to where the environment's file says now, and compares them",
    [
      "mam state migrate staging --from local",
      "mam state migrate staging --from northlight-mam-terraform-state",
      "mam state migrate staging --from hcp:northlight/mam-",
    ],
    migrateStates,
    () => true,
  ).requiredOption(
    "--from <place>",
    "where they were: a Spaces bucket, hcp:<organization>/<prefix of the workspaces>, or local",
  );
}
