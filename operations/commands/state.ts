import type { Command } from "commander";

import { environmentCommand } from "./action.ts";
import { importLeftovers } from "../state/import.ts";
import { pushStates } from "../state/push.ts";
import { removeLeftover } from "../state/remove.ts";
import { unlockState } from "../state/unlock.ts";

/** `mam state`: puts right what a deployment that was killed left. */
export function declareState(program: Command): void {
  const state = program
    .command("state")
    .description("puts right what a deployment that was killed left; mam doctor prints each line");
  environmentCommand(
    state,
    "import",
    "writes what stands and no state knows into the state of its stack; everything of the kind without an address",
    [
      "mam state import staging",
      "mam state import staging digitalocean_vpc.vpc 5a4981aa-9653-4bd1-bef5-d6bff52042e4",
    ],
    importLeftovers,
    () => true,
  )
    .argument("[address]", "what Terraform calls it")
    .argument("[id]", "what the platform calls it");
  environmentCommand(
    state,
    "remove",
    "deletes what stands, what no state knows, and what none can know any more",
    ["mam state remove staging aws_iam_access_key.uploader_key_a 0KQB2X3EXAMPLE"],
    removeLeftover,
    () => true,
  )
    .argument("<address>", "what Terraform calls it")
    .argument("<id>", "what the platform calls it");
  environmentCommand(
    state,
    "unlock",
    "gives back the lock of a run that is dead",
    ["mam state unlock staging 0c3a9a6e-5a1c-2f6e-4e5e-7d1f3b7a9c11"],
    unlockState,
    () => true,
  ).argument("<lock>", "id of the lock");
  environmentCommand(
    state,
    "push",
    "writes a state where it belongs that Terraform could not write there",
    ["mam state push staging"],
    pushStates,
    () => true,
  );
}
