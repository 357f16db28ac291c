import type { AppSpec } from "@cdktf/provider-digitalocean/lib/app/index.js";

import {
  type EnvironmentConfig,
  publicServiceNames,
} from "../../environments/schema/environment.ts";
import { nameOf } from "../naming.ts";
import { appAlerts } from "./alerts.ts";
import { backupWorkers } from "./backup.ts";
import { migrationJob, previewWorker, publicService } from "./components.ts";
import type { AppContext } from "./context.ts";
import { databases } from "./databases.ts";
import { ingress } from "./ingress.ts";

type MaintenancePage = EnvironmentConfig["services"]["maintenancePage"];

/**
 * The app spec, without what the bindings cannot express. It is made from data alone: the stack hands it to Terraform,
 * and `mam verify` puts it beside what the platform has.
 *
 * @param zone the zone that App Platform creates the hosts' records in; absent when the zone is managed elsewhere.
 */
export function appSpec(context: AppContext, zone: string | undefined): AppSpec {
  const { config, data } = context;
  const { edgeCache, maintenancePage } = config.services;
  const inZone = zone === undefined ? {} : { zone };
  return {
    name: nameOf(config, "app"),
    region: config.network.region,
    vpc: [{ id: data.vpcId }],
    disableEdgeCache: !edgeCache.enabled,
    // Rewrites addresses inside HTML, which breaks the frontend's hydration and protects nothing here.
    disableEmailObfuscation: true,
    domain: [
      { name: config.domain.appHost, type: "PRIMARY", ...inZone },
      { name: config.domain.mediaHost, type: "ALIAS", ...inZone },
    ],
    database: databases(context),
    service: publicServiceNames.map((name) => publicService(context, name)),
    worker: [previewWorker(context), ...backupWorkers(context)],
    job: [migrationJob(context)],
    ingress: ingress(config),
    alert: appAlerts(config),
    ...(maintenancePage.enabled ? { maintenance: maintenance(maintenancePage) } : {}),
  };
}

function maintenance({ offlinePageUrl }: MaintenancePage) {
  return { enabled: true, ...(offlinePageUrl === undefined ? {} : { offlinePageUrl }) };
}
