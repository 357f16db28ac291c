import { environments } from "../../../../environments/index.ts";
import { loadEnvironments } from "../../../../environments/loading/load.ts";
import { startProviders } from "@mam-infra/provider/server";
import { startRehearsalCloud } from "../../../../rehearsal/harness/rehearsal-cloud.ts";
import { TerraformDirectory } from "../../../../packages/provider/__tests__/support/terraform.ts";

/** The platforms and both providers, for small configurations of one's own. */
export async function openPlatforms() {
  const [environment] = loadEnvironments({
    inputs: environments,
    only: "staging",
    directory: "environments",
  });
  const cloud = await startRehearsalCloud(environment!);
  const { digitalOceanToken, wasabiRoot: wasabi } = cloud.credentials;
  const providers = await startProviders({
    clock: cloud.clock,
    environment: { DIGITALOCEAN_TOKEN: digitalOceanToken },
  });
  const directories: TerraformDirectory[] = [];
  const { wasabiS3, wasabiIam, wasabiSts } = cloud.endpoints;
  /** The provider block of one Wasabi region. */
  const aws = (region: string, alias?: string) => ({
    ...(alias === undefined ? {} : { alias }),
    region,
    access_key: wasabi.accessKeyId,
    secret_key: wasabi.secretAccessKey,
    s3_use_path_style: true,
    skip_credentials_validation: true,
    skip_metadata_api_check: "true",
    skip_region_validation: true,
    skip_requesting_account_id: true,
    endpoints: [{ s3: wasabiS3, iam: wasabiIam, sts: wasabiSts }],
  });
  return {
    cloud,
    findings: () => [...providers.findings(), ...cloud.findings()],
    /** A configuration with the pinned providers, pointed at this machine. */
    configuration: (content: object, changed: object = {}) => ({
      terraform: {
        required_providers: {
          digitalocean: { source: "digitalocean/digitalocean", version: "2.99.1" },
          aws: { source: "hashicorp/aws", version: "5.100.0" },
        },
      },
      provider: {
        digitalocean: { api_endpoint: cloud.endpoints.digitalOcean, ...changed },
        aws: [aws("us-east-1"), aws("eu-central-1", "europe")],
      },
      ...content,
    }),
    directory: () => {
      const directory = new TerraformDirectory(providers.reattach);
      directories.push(directory);
      return directory;
    },
    close: async () => {
      directories.forEach((directory) => {
        directory.remove();
      });
      await providers.close();
      await cloud.close();
    },
  };
}

/** Running platforms. */
export type Platforms = Awaited<ReturnType<typeof openPlatforms>>;
