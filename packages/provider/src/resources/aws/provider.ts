import type { AwsOptions } from "@mam-infra/clients/aws-sdk";
import { createWasabiIam, createWasabiStorage } from "@mam-infra/clients/wasabi";
import { awsSchema } from "../../schemas/index.ts";
import { ProviderFailure } from "../../engine/failure.ts";
import type { ProviderDefinition } from "../../engine/provider.ts";
import {
  blockSetting,
  loopback,
  numberSetting,
  refuseOthers,
  textSetting,
  type Variables,
} from "../../engine/provider-config.ts";
import type { ResourceContext } from "../../engine/resource.ts";
import { memberOf, type ObjectValue, type Value } from "../../values/value.ts";
import { rememberOperations, type AwsClients } from "./calls.ts";
import { awsResources } from "./index.ts";

/** Without them the real provider asks AWS before it does anything. */
const skips = [
  "skip_credentials_validation",
  "skip_metadata_api_check",
  "skip_region_validation",
  "skip_requesting_account_id",
] as const;

// Attempts and the longest wait between them (aws-sdk-go-base 2.0, which provider 5.100.0 is built on).
const ATTEMPTS = 25;
const LONGEST_WAIT_SECONDS = 20;

/** `skip_metadata_api_check` is a text. */
function isTrue(value: Value): boolean {
  return value === true || value === "true";
}

function demandSkips(config: ObjectValue): void {
  const missing = skips.filter((name) => !isTrue(memberOf(config, name)));
  if (missing.length === 0) return;
  throw new ProviderFailure(
    `${missing.join(", ")} must be true: without, the real provider asks AWS, which knows nothing of Wasabi`,
  );
}

function credentialsOf(config: ObjectValue, variables: Variables): AwsOptions["credentials"] {
  const accessKeyId = textSetting(config, "access_key", variables, ["AWS_ACCESS_KEY_ID"]);
  const secretAccessKey = textSetting(config, "secret_key", variables, ["AWS_SECRET_ACCESS_KEY"]);
  if (accessKeyId === undefined || secretAccessKey === undefined) {
    throw new ProviderFailure("No valid credential sources found: access_key and secret_key");
  }
  return { accessKeyId, secretAccessKey };
}

function regionOf(config: ObjectValue, variables: Variables): string {
  const region = textSetting(config, "region", variables, ["AWS_REGION", "AWS_DEFAULT_REGION"]);
  if (region === undefined) throw new ProviderFailure("Missing region configuration");
  return region;
}

/**
 * The AWS provider, pointed at an S3-compatible platform (provider 5.100.0,
 * internal/provider/sdkv2/provider.go). The names in User-Agent are those that the real one sends.
 */
export function awsProvider(
  variables: Variables,
  sleep: ResourceContext<unknown>["sleep"],
): ProviderDefinition<AwsClients> {
  return {
    schema: awsSchema,
    resources: awsResources,
    configure: (config, terraformVersion) => {
      refuseOthers(config, [
        "access_key",
        "endpoints",
        "max_retries",
        "region",
        "s3_use_path_style",
        "secret_key",
        ...skips,
      ]);
      demandSkips(config);
      if (memberOf(config, "s3_use_path_style") !== true) {
        throw new ProviderFailure("s3_use_path_style must be true: Wasabi recommends path style");
      }
      const endpoints = blockSetting(config, "endpoints");
      refuseOthers(endpoints, ["iam", "s3", "sts"]);
      const endpoint = (name: string): string =>
        loopback(textSetting(endpoints, name), `endpoints.${name}`);
      // No rehearsed resource calls STS, but left out it would be AWS's own.
      endpoint("sts");
      const shared = {
        region: regionOf(config, variables),
        credentials: credentialsOf(config, variables),
        userAgent: `APN/1.0 HashiCorp/1.0 Terraform/${terraformVersion} (+https://www.terraform.io) terraform-provider-aws/${awsSchema.version} (+https://registry.terraform.io/providers/hashicorp/aws)`,
        sleep,
        retry: {
          retries: numberSetting(config, "max_retries", ATTEMPTS) - 1,
          leastWaitSeconds: 1,
          mostWaitSeconds: LONGEST_WAIT_SECONDS,
        },
      };
      return {
        region: shared.region,
        storage: rememberOperations(createWasabiStorage({ ...shared, endpoint: endpoint("s3") })),
        iam: rememberOperations(createWasabiIam({ ...shared, endpoint: endpoint("iam") })),
      };
    },
    release: ({ storage, iam }) => {
      storage.destroy();
      iam.destroy();
    },
  };
}
