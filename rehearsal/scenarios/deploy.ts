import { createWasabiIam, createWasabiStorage } from "@mam-infra/clients/wasabi";
import { specDifferences } from "../../operations/verify/app-spec/differences.ts";
import { releaseComparisons } from "../../operations/verify/app.ts";
import { disagreements } from "../../operations/verify/comparison.ts";
import { databaseComparisons } from "../../operations/verify/databases.ts";
import { domainComparisons } from "../../operations/verify/domain.ts";
import { monitoringComparisons } from "../../operations/verify/monitoring.ts";
import { networkComparisons } from "../../operations/verify/network.ts";
import { storageComparisons } from "../../operations/verify/storage.ts";
import { observeStorage } from "../../operations/platform/observed-storage.ts";
import { observe } from "../../operations/platform/observed-state.ts";
import { succeeded } from "../harness/commands.ts";
import { lockKeys } from "../harness/states.ts";
import type { Scenario, ScenarioContext } from "../harness/scenario.ts";

/** From nothing to a running platform, with the customer's own command. What stands is read from the platforms. */
export const deploy: Scenario = {
  name: "deploy",
  title: "everything from nothing, with cdktf deploy",
  after: [],
  async play(context) {
    const { cloud, stacks, tell, expect } = context;
    tell("cdktf deploy: storage and data side by side, then the app");
    const result = await stacks.deployAll();
    expect("cdktf deploy ends well", succeeded(result));
    if (result.exitCode !== 0) return;

    tell("asking the platforms what stands");
    await holdAgainstPlatforms(context);
    expect("no lock is left behind", lockKeys(cloud));
  },
};

/** States that everything stands as the environment says, as the platforms themselves tell it. */
export async function holdAgainstPlatforms(context: ScenarioContext): Promise<void> {
  await holdAgainstDigitalOcean(context);
  await holdAgainstWasabi(context);
}

async function holdAgainstDigitalOcean({ cloud, api, expect }: ScenarioContext): Promise<void> {
  const { environment } = cloud;
  const { config } = environment;
  const found = await observe(api, config);
  expect("network and project are as configured", disagreements(networkComparisons(config, found)));
  expect("databases are as configured", disagreements(databaseComparisons(config, found)));
  expect("the app is as configured", disagreements(specDifferences(environment, found)));
  expect("the released images run", disagreements(releaseComparisons(environment, found)));
  expect("the zone is as configured", disagreements(domainComparisons(config, found)));
  expect(
    "checks and alerts are as configured",
    disagreements(monitoringComparisons(config, found)),
  );
}

async function holdAgainstWasabi({ cloud, expect }: ScenarioContext): Promise<void> {
  const { config } = cloud.environment;
  const options = {
    region: "us-east-1",
    credentials: cloud.credentials.wasabi,
    userAgent: "mam-rehearsal",
    sleep: (seconds: number) => cloud.clock.sleep(seconds),
  };
  const storage = createWasabiStorage({ ...options, endpoint: cloud.endpoints.wasabiS3 });
  const iam = createWasabiIam({ ...options, endpoint: cloud.endpoints.wasabiIam });
  const found = await observeStorage(storage, iam, config, cloud.wasabi.account.id);
  expect(
    "buckets, policies and users are as configured",
    disagreements(storageComparisons(cloud.environment, found)),
  );
  storage.destroy();
  iam.destroy();
}
