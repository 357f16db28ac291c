import { releaseComparisons } from "../../operations/verify/app.ts";
import { disagreements } from "../../operations/verify/comparison.ts";
import { observe } from "../../operations/platform/observed-state.ts";
import { succeeded } from "../harness/commands.ts";
import { lockKeys } from "../harness/states.ts";
import type { Scenario } from "../harness/scenario.ts";

/** Back to the last good images, through the release file, so that code and platform agree afterwards. */
export const rollback: Scenario = {
  name: "rollback",
  title: "back to the last good images",
  after: ["failed-release"],
  async play({ cloud, api, sealedStacks, releases, tell, expect }) {
    const { environment } = cloud;
    const good = releases.lastGood();
    releases.write(good);

    tell("cdktf deploy of the app with the last good images");
    expect("cdktf deploy ends well", succeeded(await sealedStacks.deployApp()));

    const found = await observe(api, environment.config);
    const running = disagreements(releaseComparisons({ ...environment, release: good }, found));
    expect("the last good images run", running);
    expect("nothing is pinned", found.app?.pinned_deployment ? ["a deployment is pinned"] : []);
    const plan = await sealedStacks.plan("app");
    expect("terraform plan finds nothing", plan.exitCode === 0);
    expect("no lock is left behind", lockKeys(cloud));
  },
};
