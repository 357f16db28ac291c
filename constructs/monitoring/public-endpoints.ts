import type { EnvironmentConfig } from "../../environments/schema/environment.ts";

/** The public address of each service, where it answers 200 when it works. */
export function publicEndpoints({ domain, services }: EnvironmentConfig) {
  return {
    frontend: `https://${domain.appHost}/`,
    api: `https://${domain.appHost}${services.api.health.path}`,
    media: `https://${domain.mediaHost}${services.edge.health.path}`,
  };
}
