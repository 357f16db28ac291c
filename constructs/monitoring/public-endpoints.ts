import type { EnvironmentConfig } from "../../environments/schema/environment.ts";

/** The public address of each service, where it answers 200 when it works. */
export function publicEndpoints({ domain, services }: EnvironmentConfig) {
  return {
    frontend: `https://${domain.appHost}/`,
    api: `https://${domain.appHost}${services.api.health.path}`,
    media: `https://${domain.mediaHost}${services.edge.health.path}`,
  };
}

/** The address at which each public service says whether its objectives hold (docs/service-levels.md). */
export function serviceLevelEndpoints({ domain }: EnvironmentConfig) {
  return {
    frontend: `https://${domain.appHost}/service-levels`,
    api: `https://${domain.appHost}/api/service-levels`,
    edge: `https://${domain.mediaHost}/service-levels`,
  };
}
