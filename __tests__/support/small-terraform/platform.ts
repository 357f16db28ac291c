import { environments } from "../../../environments/index.ts";
import { loadEnvironments } from "../../../environments/loading/load.ts";
import { providerHost } from "@mam-infra/provider/engine/host";
import { awsProvider } from "@mam-infra/provider/resources/aws/provider";
import { digitaloceanProvider } from "@mam-infra/provider/resources/digitalocean/provider";
import { startRehearsalCloud } from "../../../rehearsal/harness/rehearsal-cloud.ts";
import { type TerraformJson, stacksOf } from "../stacks.ts";
import { type Inputs, SmallStack } from "./stack.ts";

/** The stacks of staging, applied to the rehearsal's platforms by the embedded providers, without Terraform. */
export async function openSmallPlatform() {
  const [environment] = loadEnvironments({
    inputs: environments,
    only: "staging",
    directory: "environments",
  });
  const cloud = await startRehearsalCloud(environment!);
  const { stacks } = stacksOf([environment!], JSON.stringify(cloud.endpoints));
  const { digitalOceanToken, wasabi } = cloud.credentials;
  const host = providerHost(cloud.clock);
  const sleep = (seconds: number): Promise<void> => cloud.clock.sleep(seconds);
  const digitalOcean = digitaloceanProvider({ DIGITALOCEAN_TOKEN: digitalOceanToken }, sleep);
  const none: Inputs = { variables: {}, outputs: {} };
  const json = {
    storage: stacks["staging-storage"]!,
    data: stacks["staging-data"]!,
    app: stacks["staging-app"]!,
  };
  const storage = new SmallStack(awsProvider({}, sleep), host, {
    ...none,
    variables: {
      wasabi_access_key: wasabi.accessKeyId,
      wasabi_secret_key: wasabi.secretAccessKey,
    },
  });
  const data = new SmallStack(digitalOcean, host, none);
  await applied(storage, json.storage);
  await applied(data, json.data);
  const secrets = Object.keys(json.app.variable ?? {}).map((name) => [name, "s".repeat(64)]);
  const app = new SmallStack(digitalOcean, host, {
    variables: Object.fromEntries(secrets) as Record<string, string>,
    outputs: {
      cross_stack_reference_input_staging_data: data.outputs(json.data),
      cross_stack_reference_input_staging_storage: storage.outputs(json.storage),
    },
  });
  await applied(app, json.app);
  return { json, stacks: { storage, data, app }, cloud, close: () => cloud.close() };
}

async function applied<Client>(stack: SmallStack<Client>, json: TerraformJson): Promise<void> {
  const refusals = await stack.apply(json);
  if (refusals.length > 0) throw new Error(refusals.join("\n"));
}
