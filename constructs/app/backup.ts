import type { AppSpecWorker } from "@cdktf/provider-digitalocean/lib/app/index.js";

import { componentAlerts } from "./alerts.ts";
import { backupImage } from "./backup-image.ts";
import { type AppContext, backupName } from "./context.ts";
import { environmentVariables } from "./environment-variables.ts";
import { imageByDigest } from "./image.ts";
import { logDestinations } from "./log-destination.ts";

/**
 * The worker that dumps the database each night, if there is one. A worker that waits for its hour, because the provider
 * (2.99.1) knows no scheduled jobs: one that is made beside it is deleted with the next apply.
 *
 * One instance, and no liveness check: it listens to nothing. That it does its work is a service level of the API.
 */
export function backupWorkers(context: AppContext): AppSpecWorker[] {
  const digest = backupImage(context);
  if (digest === undefined) return [];
  const { repository, size, graceSeconds } = context.config.services.backup;
  return [
    {
      name: backupName,
      image: imageByDigest(context, repository, digest),
      instanceSizeSlug: size,
      instanceCount: 1,
      env: environmentVariables(context, backupName),
      alert: componentAlerts(context, backupName),
      logDestination: logDestinations(context, backupName),
      termination: { gracePeriodSeconds: graceSeconds },
    },
  ];
}
