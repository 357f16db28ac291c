import { AwsProvider } from "@cdktf/provider-aws/lib/provider/index.js";
import { DigitaloceanProvider } from "@cdktf/provider-digitalocean/lib/provider/index.js";
import { type TerraformStack, TerraformVariable } from "cdktf";

import { regions } from "../environments/platform/regions.ts";
import type { EnvironmentConfig } from "../environments/schema/environment.ts";
import type { Endpoints } from "./endpoints.ts";
import { versions } from "./versions.ts";

/**
 * The DigitalOcean provider. Its token comes from `DIGITALOCEAN_TOKEN` when Terraform runs, and is written nowhere. Where
 * it is sent to is written, because the provider would otherwise take that from the variable `DIGITALOCEAN_API_URL` of the shell.
 */
export function useDigitalOcean(stack: TerraformStack, { digitalOcean }: Endpoints): void {
  new DigitaloceanProvider(stack, "digitalocean", { apiEndpoint: digitalOcean });
  pinProvider(stack, "digitalocean", versions.digitalocean);
}

/** The AWS provider as Wasabi needs it, once for buckets and once for IAM. */
export interface WasabiProviders {
  /** Signs for the buckets' region. */
  readonly buckets: AwsProvider;
  /** Signs for us-east-1, the region of Wasabi's one IAM service. */
  readonly iam: AwsProvider;
}

/**
 * The AWS provider pointed at Wasabi. Its keys are variables of their own, because `AWS_ACCESS_KEY_ID` already holds
 * the keys of the state bucket; they are ephemeral, so neither a saved plan nor a state contains them.
 */
export function useWasabi(
  stack: TerraformStack,
  { network }: EnvironmentConfig,
  endpoints: Endpoints,
): WasabiProviders {
  const common = {
    accessKey: ephemeralVariable(stack, "wasabi_access_key"),
    secretKey: ephemeralVariable(stack, "wasabi_secret_key"),
    endpoints: [{ s3: endpoints.wasabiS3, iam: endpoints.wasabiIam, sts: endpoints.wasabiSts }],
    s3UsePathStyle: true,
    // Wasabi's regions are not AWS's, it has no instance metadata, and the account id would be asked of STS.
    skipRegionValidation: true,
    skipCredentialsValidation: true,
    skipRequestingAccountId: true,
    skipMetadataApiCheck: "true",
  };
  const { wasabi } = regions[network.region];
  pinProvider(stack, "aws", versions.aws);
  return {
    buckets: new AwsProvider(stack, "wasabi", { ...common, region: wasabi, alias: "wasabi" }),
    iam: new AwsProvider(stack, "wasabi-iam", {
      ...common,
      region: "us-east-1",
      alias: "wasabi_iam",
    }),
  };
}

function pinProvider(stack: TerraformStack, name: string, version: string): void {
  stack.addOverride(`terraform.required_providers.${name}.version`, version);
}

function ephemeralVariable(stack: TerraformStack, name: string): string {
  const variable = new TerraformVariable(stack, name, { type: "string", sensitive: true });
  variable.addOverride("ephemeral", true);
  return variable.stringValue;
}
