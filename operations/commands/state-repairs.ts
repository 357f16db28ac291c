import type { Command } from "commander";

import type { Outcome } from "../context/outcome.ts";
import type { Progress } from "../context/progress.ts";
import type { Session } from "../context/session.ts";
import { confirmation } from "../deploy/confirmation.ts";
import { type Operands, environmentCommand } from "./action.ts";
import { importLeftovers } from "../state/import.ts";
import { pushStates } from "../state/push.ts";
import { removeLeftover } from "../state/remove.ts";
import { showRuns } from "../state/runs.ts";
import { unlockState } from "../state/unlock.ts";

/** Those of `mam state` that put right what a deployment that was killed left; `mam doctor` prints each line. */
export function declareRepairs(state: Command): void {
  environmentCommand(
    state,
    "runs",
    "says what became of the newest runs where HCP Terraform executes, for whoever deploys with cdktf",
    ["mam state runs staging", "mam state runs staging --discard"],
    showRuns,
    ({ discard }) => discard,
  ).option("--discard", "throws runs away that wait, for approval or in the queue", false);
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
  environmentCommand<{ readonly yes: boolean }>(
    state,
    "unlock",
    "gives back the locks of runs that are dead by the history, or one that you name",
    [
      "mam state unlock staging",
      "mam state unlock staging --yes",
      "mam state unlock staging 0c3a9a6e-5a1c-2f6e-4e5e-7d1f3b7a9c11",
    ],
    unlock,
    () => true,
  )
    .argument("[lock]", "id of a lock; default: those of dead runs")
    .option("--yes", "goes on without a question", false);
  environmentCommand(
    state,
    "push",
    "writes a state where it belongs that Terraform could not write there",
    ["mam state push staging"],
    pushStates,
    () => true,
  );
}

function unlock(
  session: Session,
  { operands, yes }: Operands & { readonly yes: boolean },
  progress: Progress,
): Promise<Outcome> {
  const confirm = confirmation({
    // Who names a lock has answered.
    yes: yes || operands.length > 0,
    command: `mam state unlock ${session.environment.config.name}`,
    question: "Give it back?",
    input: process.stdin,
    output: session.output,
    interruption: session.interruption,
  });
  return unlockState(session, { operands, confirm }, progress);
}
