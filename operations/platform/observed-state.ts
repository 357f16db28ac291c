import type { z } from "zod";

import { nameOf, resourceName } from "../../constructs/naming.ts";
import type { EnvironmentConfig } from "../../environments/schema/environment.ts";
import type { app, appAlert } from "@mam-infra/clients/digitalocean/apps";
import { refusedWith } from "@mam-infra/clients/digitalocean/error";
import type { uptimeAlert, uptimeCheck } from "@mam-infra/clients/digitalocean/monitoring";
import type { domainRecord } from "@mam-infra/clients/digitalocean/network";
import type { DigitalOcean } from "@mam-infra/clients/digitalocean";
import { type ObservedData, projectMembers, observeData } from "./observed-data.ts";
import { everyPage } from "./every-page.ts";

/** What stands on DigitalOcean under the names of an environment, as the API tells it. Never read from a Terraform state. */
export interface ObservedState extends ObservedData {
  readonly app?: z.output<typeof app> | undefined;
  readonly appAlerts: readonly z.output<typeof appAlert>[];
  readonly checks: readonly {
    readonly check: z.output<typeof uptimeCheck>;
    readonly alerts: readonly z.output<typeof uptimeAlert>[];
  }[];
  /** Records of the zone; none where the zone is managed elsewhere. */
  readonly records: readonly z.output<typeof domainRecord>[];
}

/**
 * Asks the API what stands under the names of an environment.
 *
 * @param data what stands of the data stack, where it was asked for already.
 */
export async function observe(
  api: DigitalOcean,
  config: EnvironmentConfig,
  data?: ObservedData,
): Promise<ObservedState> {
  const name = nameOf(config, "app");
  const [standing, apps, checks, records] = await Promise.all([
    data ? withMembers(api, data) : observeData(api, config),
    everyPage(
      (query) => api.call("listApps", {}, { query }),
      ({ apps }) => apps,
    ),
    observeChecks(api, config),
    observeRecords(api, config),
  ]);
  const app = apps.find(({ spec }) => spec.name === name);
  return {
    ...standing,
    app,
    appAlerts: app ? ((await api.call("listAppAlerts", { app_id: app.id })).alerts ?? []) : [],
    checks,
    records,
  };
}

/** What is known of the data stack, with the members that the project has now. */
async function withMembers(api: DigitalOcean, data: ObservedData): Promise<ObservedData> {
  return { ...data, members: data.project ? await projectMembers(api, data.project.id) : [] };
}

/** The uptime checks of an environment. */
export async function ownChecks(
  api: DigitalOcean,
  config: EnvironmentConfig,
): Promise<readonly z.output<typeof uptimeCheck>[]> {
  const checks = await everyPage(
    (query) => api.call("listUptimeChecks", {}, { query }),
    ({ checks: page }) => page,
  );
  return checks.filter(({ name }) => name.startsWith(`${resourceName(config)}-`));
}

async function observeChecks(
  api: DigitalOcean,
  config: EnvironmentConfig,
): Promise<ObservedState["checks"]> {
  const own = await ownChecks(api, config);
  return Promise.all(own.map(async (check) => ({ check, alerts: await alertsOf(api, check.id) })));
}

async function alertsOf(api: DigitalOcean, check_id: string) {
  return everyPage(
    (query) => api.call("listUptimeAlerts", { check_id }, { query }),
    ({ alerts }) => alerts,
  );
}

async function observeRecords(api: DigitalOcean, { domain }: EnvironmentConfig) {
  if (domain.zoneManagedBy === "elsewhere") return [];
  return everyPage(
    (query) => api.call("listRecords", { domain: domain.zone }, { query }),
    ({ domain_records }) => domain_records,
  ).catch((error: unknown) => {
    // No zone, no records: what is missing is said where it is compared.
    if (refusedWith(error) === 404) return [];
    throw error;
  });
}
