import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";

import { isRunning } from "../../../../operations/context/holder.ts";
import { placeVariable } from "../../../../operations/context/place.ts";
import type { CommandResult } from "../../../harness/commands.ts";
import type { Mam } from "../../../harness/mam.ts";
import type { ScenarioContext } from "../../../harness/scenario.ts";
import { goBackAsTold } from "../../interruption/way-back.ts";
import { killIfThere } from "../../interruption/strikes.ts";
import type { LockOfData } from "./lock-of-data.ts";
import { lockInBucket } from "./lock-in-bucket.ts";
import { lockOfWorkspace } from "./lock-of-workspace.ts";

/** Virtual seconds for which the answer to a new cluster keeps Terraform: its lock is looked at meanwhile. */
const held = 36_000;

/**
 * A first deployment is killed with its Terraform while it holds a lock. As long as it runs nobody gets the lock; then it is
 * given back, in the way of the place where it lies.
 *
 * @returns the deployment at the end of the way that is printed.
 */
export async function deployAfterDeadRun(context: ScenarioContext): Promise<CommandResult> {
  const { cloud, mam, tell, expect } = context;
  const { kind } = cloud.environment.config.state.backend;
  const lock: LockOfData = kind === "hcp" ? lockOfWorkspace : lockInBucket;
  tell("mam deploy, killed while it holds a lock");
  const path = "^/v2/databases$";
  cloud.faults.add({ platform: "digitalocean", method: "POST", path, kind: "slow", seconds: held });
  const killed = await mam.struck(
    async (kill, ended) => {
      const taken = await untilTaken(() => lock.isTaken(cloud), ended);
      expect("a deployment that goes on has a lock", taken);
      if (taken) await fromElsewhere((colleague) => lock.meanwhile(context, colleague), mam);
      const terraform = mam.runningTerraform();
      kill("SIGKILL");
      await endOf(terraform);
    },
    "deploy",
    "--yes",
  );
  cloud.faults.clear();
  expect("it is killed", killed.exitCode === 137);
  tell("mam state unlock");
  await lock.giveBack(context);
  const { lines, deployment } = await goBackAsTold(cloud, mam);
  expect(
    "nothing is left to unlock then",
    lines.filter((line) => line.startsWith("state unlock")),
  );
  return deployment;
}

/** Kills processes, and waits until the system has taken note of it. */
async function endOf(pids: readonly number[]): Promise<void> {
  for (const pid of pids) killIfThere(pid);
  while (pids.some(isRunning)) await setTimeout(50);
}

/** Whether a lock was taken before the deployment ended. */
async function untilTaken(isTaken: () => boolean, ended: AbortSignal): Promise<boolean> {
  while (!ended.aborted) {
    if (isTaken()) return true;
    await setTimeout(50);
  }
  return false;
}

/** As somebody in another checkout does it: in this one the next command waits for the one that goes on. */
async function fromElsewhere(play: (mam: Mam) => Promise<void>, mam: Mam): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), "mam-colleague-"));
  try {
    await play(mam.withVariables({ [placeVariable]: directory }));
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
