import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";

import { z } from "zod";

import { isRunning } from "../../../../operations/context/holder.ts";
import { placeVariable } from "../../../../operations/context/place.ts";
import { type CommandResult, says } from "../../../harness/commands.ts";
import type { Mam } from "../../../harness/mam.ts";
import type { ScenarioContext } from "../../../harness/scenario.ts";
import { historyVersions, lockKeys } from "../../../harness/states.ts";
import { goBackAsTold } from "../../interruption/way-back.ts";
import { killIfThere } from "../../interruption/strikes.ts";

/** Exit code of a command that asks, where nobody can answer. */
const cannotAsk = 2;

/** Virtual seconds for which the answer to a new cluster keeps Terraform: its lock is looked at meanwhile. */
const held = 36_000;

/**
 * A first deployment is killed with its Terraform while it holds a lock. As long as it runs nobody gets the lock; then
 * everybody is told whose it was, and it is given back to who agrees.
 *
 * @returns the deployment at the end of the way that is printed.
 */
export async function deployAfterDeadRun(context: ScenarioContext): Promise<CommandResult> {
  const { cloud, mam, tell, expect } = context;
  // A workspace's lock has one name, whoever holds it.
  if (cloud.environment.config.state.backend.kind !== "spaces") return mam.run("deploy", "--yes");
  tell("mam deploy, killed while it holds a lock");
  const path = "^/v2/databases$";
  cloud.faults.add({ platform: "digitalocean", method: "POST", path, kind: "slow", seconds: held });
  const killed = await mam.struck(
    async (kill, ended) => {
      const taken = await untilTaken(context, ended);
      expect("a deployment that goes on has a lock", taken);
      if (taken) await fromElsewhere((colleague) => refusedMeanwhile(context, colleague), mam);
      const terraform = mam.runningTerraform();
      kill("SIGKILL");
      await endOf(terraform);
    },
    "deploy",
    "--yes",
  );
  cloud.faults.clear();
  expect("it is killed", killed.exitCode === 137);
  await givenBack(context);
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

/** Whether a lock of the data stack was taken, and the history says by whom, before the deployment ended. */
async function untilTaken({ cloud }: ScenarioContext, ended: AbortSignal): Promise<boolean> {
  const stack = `"stack": "${cloud.environment.config.name}-data"`;
  while (!ended.aborted) {
    if (historyVersions(cloud)[0]?.includes(stack)) return true;
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

async function refusedMeanwhile({ cloud, expect }: ScenarioContext, mam: Mam): Promise<void> {
  const goesOn = "which goes on: wait for it";
  expect("mam state show says that it goes on", says(await mam.run("state show"), 0, goesOn));
  const refused = await mam.run("state unlock", "--yes");
  expect("the lock of a live run is not given back", says(refused, 1, goesOn));
  const named = await mam.run("state unlock", await idOfData(mam));
  expect("nor is it when it is named", says(named, cannotAsk, "Nothing was changed."));
  expect("it stands as it did", lockKeys(cloud).includes(lockOfData(cloud)));
}

const lockOfData = ({ environment }: ScenarioContext["cloud"]) =>
  `${environment.config.name}-data.tfstate.tflock`;

const shown = z.looseObject({
  states: z.array(
    z.looseObject({ stack: z.string(), lock: z.object({ id: z.string() }).optional() }),
  ),
});

async function idOfData(mam: Mam): Promise<string> {
  const { stdout } = await mam.run("state show", "--json");
  const { states } = shown.parse(JSON.parse(stdout));
  return states.find(({ stack }) => stack.endsWith("-data"))?.lock?.id ?? "none";
}

async function givenBack({ cloud, mam, tell, expect }: ScenarioContext): Promise<void> {
  const { name } = cloud.environment.config;
  tell("mam state unlock");
  const dead = `whose run is dead: mam state unlock ${name}`;
  expect("mam state show says that its run is dead", says(await mam.run("state show"), 0, dead));
  const unasked = await mam.run("state unlock");
  const line = `fix: mam state unlock ${name} --yes`;
  expect("it is not given back where nobody can agree", says(unasked, cannotAsk, line));
  expect("it stands all the same", lockKeys(cloud).length > 0);
  const given = await mam.run("state unlock", "--yes");
  expect("it is told whose it was", says(given, 0, "whose run is dead"));
  expect("it is given back", says(given, 0, `the state of ${name}-data is free`));
  expect("no lock is left", lockKeys(cloud));
}
