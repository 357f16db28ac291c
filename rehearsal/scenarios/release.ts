import { disagreements } from "../../operations/verify/comparison.ts";
import { releaseComparisons } from "../../operations/verify/app.ts";
import { observe } from "../../operations/platform/observed-state.ts";
import { publicServiceNames } from "../../environments/schema/environment.ts";
import { succeeded } from "../harness/commands.ts";
import { changedResources, snapshotStates } from "../harness/states.ts";
import { withTraffic } from "../harness/traffic.ts";
import type { Scenario } from "../harness/scenario.ts";
import { deploymentIds } from "./deployments.ts";

/** New images go live by the app's stack alone, and nobody who uses the platform notices. */
export const release: Scenario = {
  name: "release",
  title: "new images, without a refused request",
  after: ["deploy", "unchanged"],
  async play({ cloud, api, sealedStacks, releases, tell, expect }) {
    const { environment, requestLog } = cloud;
    const [before, deployed] = [
      snapshotStates(cloud),
      await deploymentIds(api, environment.config),
    ];
    const next = releases.push();
    releases.write(next);

    tell("cdktf deploy of the app, while users go on working");
    const mark = requestLog.entries().length;
    const { result, traffic } = await withTraffic(cloud, () => sealedStacks.deployApp());
    expect("cdktf deploy ends well", succeeded(result));

    const found = await observe(api, environment.config);
    expect(
      "the new images run",
      disagreements(releaseComparisons({ ...environment, release: next }, found)),
    );
    expect("every request was answered", traffic.refused);
    expect("users were there all the time", traffic.sent > 50);
    for (const name of publicServiceNames) {
      const { [name]: digest } = next.images;
      expect(`users reached the new ${name}`, traffic.digests[name]?.includes(digest) ?? false);
    }
    const now = await deploymentIds(api, environment.config);
    expect("there was exactly one deployment", now.length === deployed.length + 1);
    const changed = changedResources(before, snapshotStates(cloud));
    expect("only the app changed", isDeep(changed, { app: 1 }));
    const wasabi = requestLog
      .entries()
      .slice(mark)
      .filter(({ platform }) => platform === "wasabi");
    expect(
      "Wasabi was not asked anything",
      wasabi.map(({ method, path }) => `${method} ${path}`),
    );
  },
};

function isDeep(
  changed: Readonly<Record<string, number>>,
  expected: Readonly<Record<string, number>>,
): string[] {
  return JSON.stringify(changed) === JSON.stringify(expected)
    ? []
    : [`changed resources: ${JSON.stringify(changed)}`];
}
