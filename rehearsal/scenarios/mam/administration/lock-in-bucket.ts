import { z } from "zod";

import { says } from "../../../harness/commands.ts";
import type { Mam } from "../../../harness/mam.ts";
import type { ScenarioContext } from "../../../harness/scenario.ts";
import { historyVersions, lockKeys } from "../../../harness/states.ts";
import type { LockOfData } from "./lock-of-data.ts";

/** Exit code of a command that asks, where nobody can answer. */
const cannotAsk = 2;

/** In a bucket a lock has an id, and the history knows whose it is: a run that goes on keeps it, a dead one does not. */
export const lockInBucket: LockOfData = {
  isTaken: (cloud) => {
    const stack = `"stack": "${cloud.environment.config.name}-data"`;
    return historyVersions(cloud)[0]?.includes(stack) === true;
  },
  meanwhile: refusedMeanwhile,
  giveBack,
};

async function refusedMeanwhile({ cloud, expect }: ScenarioContext, mam: Mam): Promise<void> {
  const goesOn = "which goes on: wait for it";
  expect("mam state show says that it goes on", says(await mam.run("state show"), 0, goesOn));
  const refused = await mam.run("state unlock", "--yes");
  expect("the lock of a live run is not given back", says(refused, 1, goesOn));
  const named = await mam.run("state unlock", await idOfData(mam));
  expect("nor is it when it is named", says(named, cannotAsk, "Nothing was changed."));
  const key = `${cloud.environment.config.name}-data.tfstate.tflock`;
  expect("it stands as it did", lockKeys(cloud).includes(key));
}

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

async function giveBack({ cloud, mam, expect }: ScenarioContext): Promise<void> {
  const { name } = cloud.environment.config;
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
