import type { Harness } from "../../harness/rehearsal.ts";
import type { Scenario, ScenarioContext } from "../../harness/scenario.ts";
import { snapshotStates } from "../../harness/states.ts";
import { accountOf, left, ownOf, touched, withoutLocks } from "./account.ts";
import { atRest } from "./at-rest.ts";
import { isDeployed, onOwnPlatforms } from "./own-platforms.ts";
import { destroy, takeDown } from "./teardown/take-down.ts";

/** An environment that is taken down as the runbook says leaves nothing, and takes nothing else with it. */
export const teardown: Scenario = {
  name: "teardown",
  title:
    "everything is taken down as the runbook says: nothing is left, and nothing else is touched",
  after: [],
  onDemand: true,
  play: onOwnPlatforms(playTeardown),
};

async function playTeardown(context: ScenarioContext, harness: Harness): Promise<void> {
  const { cloud, tell, expect } = context;
  const before = accountOf(cloud);
  if (!(await isDeployed(context))) return;

  tell("cdktf destroy, while the files do not allow it");
  await atRest(context);
  const standing = accountOf(cloud);
  const refused = await destroy(context, harness, context.project);
  expect("cdktf destroy is refused until the files allow it", refused.exitCode !== 0);
  expect("and nothing is touched by it", withoutLocks(touched(standing, accountOf(cloud))));

  await takeDown(context, harness);
  await atRest(context);
  const after = accountOf(cloud);
  expect("nothing is left in any account", left(before, after));
  const own = ownOf(cloud.environment.config);
  expect(
    "nothing else is touched",
    touched(before, after).filter((line) => !own.test(line)),
  );
  expect("no state knows anything", [...snapshotStates(cloud).keys()]);
}
