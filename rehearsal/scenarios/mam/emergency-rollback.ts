import { succeeded } from "../../harness/commands.ts";
import { withTraffic } from "../../harness/traffic.ts";
import type { Scenario } from "../../harness/scenario.ts";
import { holdThatRuns, operandsOf } from "./images.ts";

/** Back within seconds by the platform's own rollback, with the files in agreement afterwards. */
export const mamEmergencyRollback: Scenario = {
  name: "mam-emergency-rollback",
  title: "back by the platform's own rollback, with mam rollback --emergency",
  after: ["mam-release"],
  async play(context) {
    const { cloud, sealedMam, releases, tell, expect } = context;
    const good = releases.current();
    const regretted = releases.push();
    tell("a release that is regretted");
    await sealedMam.run("release", ...operandsOf(regretted));
    expect("mam deploy ends well", succeeded(await sealedMam.run("deploy", "--yes")));

    tell("mam rollback --emergency, while users go on working");
    const rollback = () => sealedMam.run("rollback", "--emergency", "--yes");
    const { result, traffic } = await withTraffic(cloud, rollback);
    expect("mam rollback ends well", succeeded(result));
    expect("every request was answered", traffic.refused);
    await holdThatRuns(context, good, "the release before");
    const plan = await sealedMam.run("plan", "--detailed-exitcode");
    expect("mam plan finds nothing to change", succeeded(plan));
  },
};
