import { disagreements } from "../../operations/verify/comparison.ts";
import { releaseComparisons } from "../../operations/verify/app.ts";
import { survey } from "../../operations/platform/survey.ts";
import { publicServiceNames } from "../../environments/schema/environment.ts";
import { succeeded } from "../harness/commands.ts";
import { changedResources, snapshotStates } from "../harness/states.ts";
import { withTraffic } from "../harness/traffic.ts";
import type { Act } from "../harness/scenario.ts";
import { deploymentIds } from "./deployments.ts";

/** New images go live by the app's stack alone, and nobody who uses the platform notices. */
export const release: Act = {
  name: "release",
  title: "new images, without a refused request",
  after: ["deploy", "unchanged"],
  async play({ cloud, api, sealedStacks, releases, tell, holds }) {
    const { environment, ledger } = cloud;
    const [before, deployed] = [
      snapshotStates(cloud),
      await deploymentIds(api, environment.config),
    ];
    const next = releases.push();
    releases.write(next);

    tell("cdktf deploy of the app, while users go on working");
    const mark = ledger.entries().length;
    const { result, traffic } = await withTraffic(cloud, () => sealedStacks.deployApp());
    holds("cdktf deploy ends well", succeeded(result));

    const found = await survey(api, environment.config);
    holds(
      "the new images run",
      disagreements(releaseComparisons({ ...environment, release: next }, found)),
    );
    holds("every request was answered", traffic.refused);
    holds("users were there all the time", traffic.sent > 50);
    for (const name of publicServiceNames) {
      const { [name]: digest } = next.images;
      holds(`users reached the new ${name}`, traffic.digests[name]?.includes(digest) ?? false);
    }
    const now = await deploymentIds(api, environment.config);
    holds("there was exactly one deployment", now.length === deployed.length + 1);
    const changed = changedResources(before, snapshotStates(cloud));
    holds("only the app changed", isDeep(changed, { app: 1 }));
    const wasabi = ledger
      .entries()
      .slice(mark)
      .filter(({ platform }) => platform === "wasabi");
    holds(
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
