import { publicServiceNames } from "../../../environments/schema/environment.ts";
import { succeeded } from "../../harness/commands.ts";
import { askedFromNow } from "../../harness/asked.ts";
import { changedResources, snapshotStates } from "../../harness/states.ts";
import { withTraffic } from "../../harness/traffic.ts";
import type { Scenario } from "../../harness/scenario.ts";
import { holdThatRuns, operandsOf } from "./images.ts";

/** How the AWS provider's requests begin to say who they are from; `mam verify` and the edge ask Wasabi too. */
const awsProvider = "APN/";

/** Requests of a release. Terraform makes 106 for three plans, their apply, and three plans that say that nothing is left. */
const mostRequests = 95;

/** New images by digest, without a secret, a refused request, or the provider of the storage. */
export const mamRelease: Scenario = {
  name: "mam-release",
  title: "new images, with mam release and mam deploy",
  after: ["mam-deploy"],
  async play(context) {
    const { cloud, sealedMam, releases, tell, expect } = context;
    const before = snapshotStates(cloud);
    const next = releases.push();
    tell("mam release");
    expect(
      "mam release writes the file",
      succeeded(await sealedMam.run("release", ...operandsOf(next))),
    );

    tell("mam deploy, while users go on working");
    const mark = cloud.requestLog.entries().length;
    const asked = askedFromNow(cloud);
    const deploy = () => sealedMam.run("deploy", "--yes");
    const { result, traffic } = await withTraffic(cloud, deploy);
    expect("mam deploy ends well", succeeded(result));
    expect(
      "it asks DigitalOcean less than Terraform's plans and applies",
      asked.atMost(mostRequests),
    );
    await holdThatRuns(context, next, "the new release");
    expect("every request was answered", traffic.refused);
    for (const name of publicServiceNames) {
      const { [name]: digest } = next.images;
      expect(`users reached the new ${name}`, traffic.digests[name]?.includes(digest) ?? false);
    }
    const changed = JSON.stringify(changedResources(before, snapshotStates(cloud)));
    expect("only the app changed", changed === '{"app":1}' || [changed]);
    const byTerraform = cloud.requestLog
      .entries()
      .slice(mark)
      .filter(({ platform, caller }) => platform === "wasabi" && caller.startsWith(awsProvider));
    expect(
      "Terraform asked Wasabi nothing",
      byTerraform.map(({ caller, method, path }) => `${caller}: ${method} ${path}`),
    );
  },
};
