import type {
  AppSpecJob,
  AppSpecService,
  AppSpecWorker,
} from "@cdktf/provider-digitalocean/lib/app/index.js";

import type { ComponentName, PublicServiceName } from "../../environments/schema/environment.ts";
import { componentAlerts } from "./alerts.ts";
import { type AppContext, migrationJobName } from "./context.ts";
import { environmentVariables } from "./environment-variables.ts";
import { readinessCheck } from "./health-checks.ts";
import { imageByDigest } from "./image.ts";
import { logDestinations } from "./log-destination.ts";

/** Image of a component. */
function image(context: AppContext, name: ComponentName) {
  const { config, release } = context;
  return imageByDigest(context, config.services[name].repository, release.images[name]);
}

/** Number of instances: a count or autoscaling, never both, which the API refuses. */
function instances({ config }: AppContext, name: ComponentName) {
  const { count, autoscaling } = config.services[name].instances;
  if (!autoscaling) return { instanceCount: count ?? 1 };
  return {
    autoscaling: {
      minInstanceCount: autoscaling.minimum,
      maxInstanceCount: autoscaling.maximum,
      metrics: { cpu: { percent: autoscaling.cpuPercent } },
    },
  };
}

/** What services and workers have in common. */
function component(context: AppContext, name: ComponentName) {
  return {
    name,
    image: image(context, name),
    instanceSizeSlug: context.config.services[name].size,
    ...instances(context, name),
    env: environmentVariables(context, name),
    alert: componentAlerts(context, name),
    logDestination: logDestinations(context, name),
  };
}

/** The API's second port, at which the other services tell their counts: none where nobody counts. */
function internalPorts(
  { config: { services, monitoring } }: AppContext,
  name: PublicServiceName,
): Pick<AppSpecService, "internalPorts"> {
  if (name !== "api" || !monitoring.objectives.enabled) return {};
  return { internalPorts: [services.api.internalPort] };
}

/** A service that answers requests from outside: frontend, API or edge. */
export function publicService(context: AppContext, name: PublicServiceName): AppSpecService {
  const service = context.config.services[name];
  return {
    ...component(context, name),
    httpPort: service.port,
    ...internalPorts(context, name),
    healthCheck: readinessCheck(service),
    termination: {
      drainSeconds: service.termination.drainSeconds,
      gracePeriodSeconds: service.termination.graceSeconds,
    },
  };
}

/**
 * The preview worker. It has no traffic to drain; its grace is the time to finish a preview or give it back to the
 * queue.
 */
export function previewWorker(context: AppContext): AppSpecWorker {
  const { termination } = context.config.services.worker;
  return {
    ...component(context, "worker"),
    termination: { gracePeriodSeconds: termination.graceSeconds },
  };
}

/**
 * The job that migrates the database before each deployment, with the API's image. When it fails, nothing is deployed
 * and the old version serves on, so a migration must leave the schema usable by both versions.
 */
export function migrationJob(context: AppContext): AppSpecJob {
  const { command, size, graceSeconds } = context.config.services.migration;
  return {
    name: migrationJobName,
    kind: "PRE_DEPLOY",
    image: image(context, "api"),
    runCommand: command,
    instanceCount: 1,
    instanceSizeSlug: size,
    env: environmentVariables(context, migrationJobName),
    logDestination: logDestinations(context, migrationJobName),
    termination: { gracePeriodSeconds: graceSeconds },
  };
}
