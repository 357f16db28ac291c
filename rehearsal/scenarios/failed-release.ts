import { releaseComparisons } from "../../operations/verify/app.ts";
import { disagreements } from "../../operations/verify/comparison.ts";
import { observe } from "../../operations/platform/observed-state.ts";
import { withTraffic } from "../harness/traffic.ts";
import type { Scenario } from "../harness/scenario.ts";

/** A release that never gets healthy: the old version goes on serving, and nobody believes Terraform's "no changes". */
export const failedRelease: Scenario = {
  name: "failed-release",
  title: "an image that never gets healthy",
  after: ["deploy", "unchanged"],
  async play({ cloud, api, sealedStacks, releases, tell, expect }) {
    const { environment } = cloud;
    const good = releases.current();
    const bad = releases.push({ api: { healthy: false } });
    releases.write(bad);

    tell("cdktf deploy of the app with the bad image");
    const { result, traffic } = await withTraffic(cloud, () => sealedStacks.deployApp());
    expect("cdktf deploy says that it failed", result.exitCode !== 0);
    expect("every request was answered", traffic.refused);

    const found = await observe(api, environment.config);
    const serving = disagreements(releaseComparisons({ ...environment, release: good }, found));
    expect("the old version serves", serving);

    tell("terraform plan, which does not know");
    const plan = await sealedStacks.plan("app");
    expect("terraform plan claims that there is nothing to change", plan.exitCode === 0);
    const gap = disagreements(releaseComparisons({ ...environment, release: bad }, found));
    expect("asking the API shows that the release does not run", gap.length > 0);
    releases.remember(good);
  },
};
