import {
  type ComponentName,
  type EnvironmentConfig,
  componentNames,
} from "../../environments/schema/environment.ts";
import type { DigitalOcean } from "@mam-infra/clients/digitalocean";
import type { RunningApp } from "../platform/running-app.ts";

/** How many instances of a component there are. */
export interface InstanceStatus {
  readonly component: string;
  /** What the environment says: a number, or the limits of autoscaling. */
  readonly configured: { readonly minimum: number; readonly maximum: number };
  /** Instances that there should be now; undefined when the platform does not say. */
  readonly desired: number | undefined;
  /** Instances that pass their health check. */
  readonly ready: number | undefined;
  /** What else is to be known of it. */
  readonly note?: string;
}

/** Instances of every component, as App Platform counts them. */
export async function instanceStatuses(
  api: DigitalOcean,
  config: EnvironmentConfig,
  app: RunningApp | undefined,
): Promise<InstanceStatus[]> {
  const health = app && (await api.call("getAppHealth", { app_id: app.id })).app_health;
  return componentNames.map((component) => {
    const found = health?.components?.find(({ name }) => name === component);
    return {
      component,
      configured: configuredInstances(config, component),
      desired: found?.replicas_desired ?? undefined,
      ready: found?.replicas_ready ?? undefined,
    };
  });
}

function configuredInstances({ services }: EnvironmentConfig, component: ComponentName) {
  const { count = 1, autoscaling } = services[component].instances;
  return autoscaling
    ? { minimum: autoscaling.minimum, maximum: autoscaling.maximum }
    : { minimum: count, maximum: count };
}
