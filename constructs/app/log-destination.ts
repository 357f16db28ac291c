import type { AppSpecServiceLogDestination } from "@cdktf/provider-digitalocean/lib/app/index.js";

import type { AppContext } from "./context.ts";

/** Name of a log service's credential, supplied as `TF_VAR_*` or sealed; services without one are absent. */
export const logCredentials = {
  "better-stack": "BETTER_STACK_TOKEN",
  datadog: "DATADOG_API_KEY",
  opensearch: "OPENSEARCH_PASSWORD",
} as const;

/**
 * Where a component's logs go. The choice is the environment's, and the same for all components; each has its own copy,
 * because the platform knows log destinations on components only.
 */
export function logDestinations(
  { config, secrets }: AppContext,
  component: string,
): AppSpecServiceLogDestination[] {
  const { kind, endpoint = "", index = "", user = "" } = config.logs.destination;
  const credential = (name: string) => secrets.supplied(component, name);
  switch (kind) {
    case "none":
      return [];
    case "papertrail":
      return [{ name: kind, papertrail: { endpoint } }];
    case "better-stack":
      return [{ name: kind, logtail: { token: credential(logCredentials[kind]) } }];
    case "datadog":
      return [{ name: kind, datadog: { endpoint, apiKey: credential(logCredentials[kind]) } }];
    case "opensearch": {
      const basicAuth = { user, password: credential(logCredentials[kind]) };
      return [{ name: kind, openSearch: { endpoint, indexName: index, basicAuth } }];
    }
  }
}
