import { succeeded } from "../../harness/commands.ts";
import { askedFromNow } from "../../harness/asked.ts";
import { lockKeys } from "../../harness/states.ts";
import type { Scenario } from "../../harness/scenario.ts";
import { holdAgainstPlatforms } from "../deploy.ts";
import { deploymentIds } from "../deployments.ts";
import { askedByAnAdministrator } from "./administrator.ts";
import { watchedOnInsights } from "./dashboard.ts";

/** Requests of a first deployment, of which Terraform by itself makes some 120; measured with both environments. */
const mostRequests = 190;

/** Most of them in any minute: a token may make 250, for everybody who works with it. Making the databases divides them. */
const mostInAMinute = 160;

/** From nothing to a running, verified, sealed and recorded platform, with one command. */
export const mamDeploy: Scenario = {
  name: "mam-deploy",
  title: "everything from nothing, with mam deploy",
  after: [],
  async play(context) {
    const { cloud, api, mam, sealedMam, tell, expect } = context;
    tell("mam doctor");
    expect("mam doctor finds nothing in the way", succeeded(await mam.run("doctor")));
    tell("mam deploy");
    const asked = askedFromNow(cloud);
    const deployed = await mam.run("deploy", "--yes");
    expect("mam deploy ends well", succeeded(deployed));
    if (deployed.exitCode !== 0) return;
    expect(
      "it asks DigitalOcean a third more than Terraform alone at most",
      asked.atMost(mostRequests),
    );
    expect("a minute has room for it, however fast it goes", asked.inAMinute(mostInAMinute));

    tell("asking the platforms what stands");
    await holdAgainstPlatforms(context);
    tell("mam verify, plan, secrets check and status, without a secret supplied");
    expect("mam verify agrees", succeeded(await sealedMam.run("verify")));
    const plan = await sealedMam.run("plan", "--detailed-exitcode");
    expect("mam plan finds nothing to change", succeeded(plan));
    expect("every secret is sealed", succeeded(await sealedMam.run("secrets check")));
    expect("mam status is well", succeeded(await sealedMam.run("status")));
    await watchedOnInsights(context);
    await askedByAnAdministrator(context);
    const deployments = await deploymentIds(api, cloud.environment.config);
    expect("there was exactly one deployment", deployments.length === 1);
    expect("no lock is left behind", lockKeys(cloud));
  },
};
