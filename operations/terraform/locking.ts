import { basename } from "node:path";
import { setTimeout } from "node:timers/promises";

import { AbortError } from "@mam-infra/clients/abort";
import {
  type RunOptions,
  TerraformFailed,
  type TerraformRun,
  type TerraformRuntime,
  runTerraform,
} from "./process.ts";

/** How long to wait for another run's lock of a state, in seconds: long enough for a plan to end, and never for a deployment. */
const lockTimeoutSeconds = 60;

/** Pause before a refused lock is asked for again, in milliseconds: Terraform's own first one (1.11.4, statemgr/locker.go). */
const pause = 1000;

/** What Terraform says before anything else, when it does not get the lock (1.11.4, command/clistate). */
const refusal = "Error acquiring the state lock";

/** What it says of a saved plan whose state somebody has written since (1.11.4, backend/local/backend_local.go). */
const overtaken = "Saved plan is stale";

/**
 * Runs a Terraform command that locks its state. A refused lock is asked for again within the timeout, also where
 * Terraform gives up at once whatever -lock-timeout says: when the store answers a conflict, and when the holder lets go
 * between the refusal and the read of the lock. A command whose lock is refused has done nothing.
 *
 * @param line the command and its options.
 * @param operands what follows the options.
 * @param timeoutSeconds how long to wait for the lock.
 * @throws TerraformFailed, AbortError.
 */
export async function runLocking(
  runtime: TerraformRuntime,
  line: readonly [string, ...string[]],
  operands: readonly string[],
  options: RunOptions,
  timeoutSeconds = lockTimeoutSeconds,
): Promise<TerraformRun> {
  const until = performance.now() + timeoutSeconds * 1000;
  for (;;) {
    const left = Math.max(0, Math.ceil((until - performance.now()) / 1000));
    try {
      const locking = [...line, `-lock-timeout=${left}s`, ...operands] as const;
      return await runTerraform(runtime, locking, options);
    } catch (error) {
      if (!hasSaid(refusal, error))
        throw hasSaid(overtaken, error) ? planAnew(line[0], options, error) : error;
      if (performance.now() >= until) throw await explained(runtime, line[0], options, error);
    }
    await setTimeout(pause, undefined, { signal: runtime.interruption }).catch(() => {
      throw new AbortError(`terraform ${line[0]} did not get the lock, and was not begun`);
    });
  }
}

/** A refusal that says who holds the lock: Terraform's own words, or the workspace's where Terraform names itself. */
async function explained(
  { explainLock }: TerraformRuntime,
  command: string,
  { directory }: RunOptions,
  { diagnostics }: TerraformFailed,
): Promise<TerraformFailed> {
  const holder = await explainLock(basename(directory));
  const severity = "error" as const;
  if (holder !== undefined)
    return new TerraformFailed(command, directory, [
      { severity, summary: refusal, detail: holder },
    ]);
  return advised(
    command,
    directory,
    diagnostics,
    "mam state show <environment> says who holds it, and whether that run is dead",
  );
}

/** What to do after somebody else was quicker: the plan was made from what stood before. */
const planAnew = (command: string, { directory }: RunOptions, { diagnostics }: TerraformFailed) =>
  advised(
    command,
    directory,
    diagnostics,
    "somebody else deployed meanwhile, and nothing of this plan was applied: mam rollback <environment> --list says who; then the same command again, which plans anew",
  );

function advised(
  command: string,
  directory: string,
  diagnostics: TerraformFailed["diagnostics"],
  advice: string,
): TerraformFailed {
  // A stack is called by its environment and its part.
  const environment = basename(directory).replace(/-[a-z]+$/, "");
  const summary = `fix: ${advice.replaceAll("<environment>", environment)}`;
  const fix = { severity: "error", summary, detail: "" };
  return new TerraformFailed(command, directory, [...diagnostics, fix]);
}

function hasSaid(words: string, error: unknown): error is TerraformFailed {
  if (!(error instanceof TerraformFailed)) return false;
  return error.diagnostics.some(({ summary }) => summary.includes(words));
}
