import { workspaceName } from "../../../../operations/state-place/hcp-backend.ts";
import { says } from "../../../harness/commands.ts";
import type { Mam } from "../../../harness/mam.ts";
import type { RehearsalCloud } from "../../../harness/rehearsal-cloud.ts";
import type { ScenarioContext } from "../../../harness/scenario.ts";
import { lockKeys } from "../../../harness/states.ts";
import type { LockOfData } from "./lock-of-data.ts";

/**
 * A workspace's lock has one name, whoever holds it: nothing tells a dead run from one that goes on. So none is given back
 * unasked, and a person who knows names the workspace.
 */
export const lockOfWorkspace: LockOfData = {
  isTaken: (cloud) => lockKeys(cloud).includes(workspaceOf(cloud)),
  meanwhile: refusedMeanwhile,
  giveBack,
};

function workspaceOf({ environment }: RehearsalCloud): string {
  const { name, state } = environment.config;
  return state.backend.kind === "hcp" ? workspaceName(state.backend, `${name}-data`) : "none";
}

/** The line that takes the lock away, whoever holds it. */
function lineOf(cloud: RehearsalCloud): string {
  const { name, state } = cloud.environment.config;
  const organization = state.backend.kind === "hcp" ? state.backend.organization : "";
  return `mam state unlock ${name} ${organization}/${workspaceOf(cloud)}`;
}

async function refusedMeanwhile({ cloud, expect }: ScenarioContext, mam: Mam): Promise<void> {
  const onlyIfDead = `if its run is dead: ${lineOf(cloud)}`;
  const shown = await mam.run("state show");
  expect("mam state show says who holds it", says(shown, 0, "locked by rehearsal"));
  expect("and that nobody knows whether its run goes on", says(shown, 0, onlyIfDead));
  const refused = await mam.run("state unlock", "--yes");
  expect("a lock that nobody names is not given back", says(refused, 1, onlyIfDead));
  const deployed = await mam.run("deploy", "--yes");
  expect("another deployment is refused, with the same line", says(deployed, 1, lineOf(cloud)));
  expect("it stands as it did", lockKeys(cloud).includes(workspaceOf(cloud)));
}

async function giveBack({ cloud, mam, expect }: ScenarioContext): Promise<void> {
  const { name } = cloud.environment.config;
  const unnamed = await mam.run("state unlock", "--yes");
  expect("a dead run's lock is not given back unnamed either", says(unnamed, 1, lineOf(cloud)));
  const [, , , , lock = ""] = lineOf(cloud).split(" ");
  const given = await mam.run("state unlock", lock);
  expect("it is given back by its name", says(given, 0, `the state of ${name}-data is free`));
  expect("no lock is left", lockKeys(cloud));
}
