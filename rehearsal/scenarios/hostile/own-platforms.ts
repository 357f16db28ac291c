import { endedWell } from "../../harness/commands.ts";
import { onFreshPlatforms } from "../../harness/fresh-harness.ts";
import type { Harness } from "../../harness/rehearsal.ts";
import type { Scenario, ScenarioContext } from "../../harness/scenario.ts";

/** Plays an act on platforms of its own, because what it leaves is of no use to any other. */
export const onOwnPlatforms =
  (play: (context: ScenarioContext, harness: Harness) => Promise<void>): Scenario["play"] =>
  (context) => {
    const { cloud, project, interruption } = context;
    return onFreshPlatforms(cloud.environment, project, interruption, (harness) =>
      play({ ...context, ...harness.context }, harness),
    );
  };

/** `mam deploy` from nothing. @returns whether there is something to go on with */
export async function isDeployed({ mam, tell, expect }: ScenarioContext): Promise<boolean> {
  tell("mam deploy");
  const deployed = await mam.run("deploy", "--yes");
  expect("mam deploy ends well", endedWell(deployed));
  return deployed.exitCode === 0;
}
