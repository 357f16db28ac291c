import { succeeded } from "../../harness/commands.ts";
import { withTraffic } from "../../harness/traffic.ts";
import type { Act, Stage } from "../../harness/scenario.ts";
import { holdThatRuns, operandsOf } from "./images.ts";

/** A release that never gets healthy: mam says what failed and what serves, and rolls back when it is told to. */
export const mamFailedRelease: Act = {
  name: "mam-failed-release",
  title: "an image that never gets healthy, and mam rollback",
  after: ["mam-release"],
  async play(stage) {
    const { sealedMam, releases, tell, holds } = stage;
    const good = releases.current();
    const failed = await deployUnhealthy(stage);
    holds("mam deploy says what failed", /health/i.test(failed.output));
    holds("and how to go back", failed.output.includes("mam rollback"));

    tell("mam status and mam rollback");
    holds("mam status sees the gap", (await sealedMam.run("status")).exitCode === 1);
    const back = await sealedMam.run("rollback", "--yes");
    holds("mam rollback ends well", succeeded(back));
    holds("it says what it does not undo", /migration/i.test(back.output));
    await holdThatRuns(stage, good, "the last good release");
    holds("mam status is well again", succeeded(await sealedMam.run("status")));
  },
};

/** The same, rolled back at once. */
export const mamFailedReleaseRolledBack: Act = {
  name: "mam-failed-release-rolled-back",
  title: "an image that never gets healthy, with --rollback-on-failure",
  after: ["mam-release"],
  async play(stage) {
    const good = stage.releases.current();
    await deployUnhealthy(stage, "--rollback-on-failure");
    await holdThatRuns(stage, good, "the last good release");
  },
};

async function deployUnhealthy(stage: Stage, ...options: string[]) {
  const { cloud, sealedMam, releases, tell, holds } = stage;
  const bad = releases.push({ api: { healthy: false } });
  tell(`mam release and mam deploy ${options.join(" ")}`);
  holds(
    "mam release takes what the registry has",
    succeeded(await sealedMam.run("release", ...operandsOf(bad))),
  );
  const deploy = () => sealedMam.run("deploy", "--yes", ...options);
  const { result, traffic } = await withTraffic(cloud, deploy);
  holds("mam deploy says that it failed", result.exitCode === 1);
  holds("every request was answered", traffic.refused);
  return result;
}
