import { succeeded } from "../../harness/commands.ts";
import { heldLocks } from "../../harness/states.ts";
import type { Act } from "../../harness/scenario.ts";
import { holdAgainstPlatforms } from "../deploy.ts";
import { deploymentIds } from "../deployments.ts";

/** From nothing to a running, verified, sealed and recorded platform, with one command. */
export const mamDeploy: Act = {
  name: "mam-deploy",
  title: "everything from nothing, with mam deploy",
  after: [],
  async play(stage) {
    const { cloud, api, mam, sealedMam, tell, holds } = stage;
    tell("mam doctor");
    holds("mam doctor finds nothing in the way", succeeded(await mam.run("doctor")));
    tell("mam deploy");
    const deployed = await mam.run("deploy", "--yes");
    holds("mam deploy ends well", succeeded(deployed));
    if (deployed.exitCode !== 0) return;

    tell("asking the platforms what stands");
    await holdAgainstPlatforms(stage);
    tell("mam verify, plan, secrets check and status, without a secret supplied");
    holds("mam verify agrees", succeeded(await sealedMam.run("verify")));
    const plan = await sealedMam.run("plan", "--detailed-exitcode");
    holds("mam plan finds nothing to change", succeeded(plan));
    holds("every secret is sealed", succeeded(await sealedMam.run("secrets check")));
    holds("mam status is well", succeeded(await sealedMam.run("status")));
    const deployments = await deploymentIds(api, cloud.environment.config);
    holds("there was exactly one deployment", deployments.length === 1);
    holds("no lock is left behind", heldLocks(cloud));
  },
};
