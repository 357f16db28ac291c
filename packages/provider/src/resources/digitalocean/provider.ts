import { createDigitalOcean, type DigitalOcean } from "@mam-infra/clients/digitalocean";
import { digitaloceanSchema } from "../../schemas/index.ts";
import { ProviderFailure } from "../../engine/failure.ts";
import type { ProviderDefinition } from "../../engine/provider.ts";
import {
  loopback,
  numberSetting,
  refuseOthers,
  textSetting,
  type Variables,
} from "../../engine/provider-config.ts";
import type { ResourceContext } from "../../engine/resource.ts";
import { digitaloceanResources } from "./index.ts";
import { inTheProvidersWords } from "./refusal.ts";

/** The DigitalOcean provider (provider 2.99.1, digitalocean/provider.go and config/config.go). */
export function digitaloceanProvider(
  variables: Variables,
  sleep: ResourceContext<unknown>["sleep"],
): ProviderDefinition<DigitalOcean> {
  return {
    schema: digitaloceanSchema,
    resources: digitaloceanResources,
    configure: (config, terraformVersion) => {
      refuseOthers(config, [
        "api_endpoint",
        "http_retry_max",
        "http_retry_wait_max",
        "http_retry_wait_min",
        "token",
      ]);
      const token = textSetting(config, "token", variables, [
        "DIGITALOCEAN_TOKEN",
        "DIGITALOCEAN_ACCESS_TOKEN",
      ]);
      if (token === undefined) {
        throw new ProviderFailure("token is not set, nor is DIGITALOCEAN_TOKEN");
      }
      const number = (name: string, whenAbsent: number): number =>
        numberSetting(config, name, whenAbsent, variables, `DIGITALOCEAN_${name.toUpperCase()}`);
      const endpoint = loopback(
        textSetting(config, "api_endpoint", variables, ["DIGITALOCEAN_API_URL"]),
        "api_endpoint",
      );
      const client = createDigitalOcean({
        endpoint,
        token,
        userAgent: `Terraform/${terraformVersion}`,
        sleep,
        retry: {
          retries: number("http_retry_max", 4),
          leastWaitSeconds: number("http_retry_wait_min", 1),
          mostWaitSeconds: number("http_retry_wait_max", 30),
        },
      });
      return inTheProvidersWords(client, endpoint);
    },
    release: (client) => client.close(),
  };
}
