import { succeeded } from "../../harness/commands.ts";
import { withTraffic } from "../../harness/traffic.ts";
import type { Scenario, ScenarioContext } from "../../harness/scenario.ts";
import { holdThatRuns, operandsOf } from "./images.ts";

/** A release that never gets healthy: mam says what failed and what serves, and rolls back when it is told to. */
export const mamFailedRelease: Scenario = {
  name: "mam-failed-release",
  title: "an image that never gets healthy, and mam rollback",
  after: ["mam-release"],
  async play(context) {
    const { sealedMam, releases, tell, expect } = context;
    const good = releases.current();
    const failed = await deployUnhealthy(context);
    expect("mam deploy says what failed", /health/i.test(failed.output));
    expect("and how to go back", failed.output.includes("mam rollback"));

    tell("mam status and mam rollback");
    expect("mam status sees the gap", (await sealedMam.run("status")).exitCode === 1);
    const back = await sealedMam.run("rollback", "--yes");
    expect("mam rollback ends well", succeeded(back));
    expect("it says what it does not undo", /migration/i.test(back.output));
    await holdThatRuns(context, good, "the last good release");
    expect("mam status is well again", succeeded(await sealedMam.run("status")));
  },
};

/** The same, rolled back at once. */
export const mamFailedReleaseRolledBack: Scenario = {
  name: "mam-failed-release-rolled-back",
  title: "an image that never gets healthy, with --rollback-on-failure",
  after: ["mam-release"],
  async play(context) {
    const good = context.releases.current();
    await deployUnhealthy(context, "--rollback-on-failure");
    await holdThatRuns(context, good, "the last good release");
  },
};

async function deployUnhealthy(context: ScenarioContext, ...options: string[]) {
  const { cloud, sealedMam, releases, tell, expect } = context;
  const bad = releases.push({ api: { healthy: false } });
  tell(`mam release and mam deploy ${options.join(" ")}`);
  expect(
    "mam release takes what the registry has",
    succeeded(await sealedMam.run("release", ...operandsOf(bad))),
  );
  const deploy = () => sealedMam.run("deploy", "--yes", ...options);
  const { result, traffic } = await withTraffic(cloud, deploy);
  expect("mam deploy says that it failed", result.exitCode === 1);
  expect("every request was answered", traffic.refused);
  return result;
}
