import type { z } from "zod";

import { resourceName } from "../../constructs/naming.ts";
import type { EnvironmentConfig } from "../../environments/schema.ts";
import type { app, appAlert } from "../clients/digitalocean/apps.ts";
import type {
  connectionPool,
  databaseUser,
  firewallRule,
  logsink,
} from "../clients/digitalocean/database-parts.ts";
import type { databaseCluster } from "../clients/digitalocean/databases.ts";
import type { alertPolicy, uptimeAlert, uptimeCheck } from "../clients/digitalocean/monitoring.ts";
import type { domainRecord, vpc } from "../clients/digitalocean/network.ts";
import type { project } from "../clients/digitalocean/projects.ts";
import { refusedWith } from "../clients/digitalocean/error.ts";
import type { DigitalOcean } from "../clients/digitalocean.ts";
import { everyPage } from "./every-page.ts";

/** A cluster and what is in it. */
export interface SurveyedCluster {
  readonly cluster: z.output<typeof databaseCluster>;
  readonly trustedSources: readonly z.output<typeof firewallRule>[];
  readonly databases: readonly string[];
  readonly users: readonly z.output<typeof databaseUser>[];
  readonly pools: readonly z.output<typeof connectionPool>[];
  readonly settings: Readonly<Record<string, unknown>>;
  /** Where its logs go. */
  readonly sinks: readonly z.output<typeof logsink>[];
  /** Valkey only. */
  readonly evictionPolicy?: string;
}

/** What stands on DigitalOcean under the names of an environment, as the API tells it. Never read from a Terraform state. */
export interface Survey {
  readonly vpc?: z.output<typeof vpc> | undefined;
  readonly project?: z.output<typeof project> | undefined;
  /** Resource names of the project's members. */
  readonly members: readonly string[];
  readonly postgres?: SurveyedCluster | undefined;
  readonly valkey?: SurveyedCluster | undefined;
  readonly app?: z.output<typeof app> | undefined;
  readonly appAlerts: readonly z.output<typeof appAlert>[];
  readonly policies: readonly z.output<typeof alertPolicy>[];
  readonly checks: readonly {
    readonly check: z.output<typeof uptimeCheck>;
    readonly alerts: readonly z.output<typeof uptimeAlert>[];
  }[];
  /** Records of the zone; none where the zone is managed elsewhere. */
  readonly records: readonly z.output<typeof domainRecord>[];
}

/** Asks the API what stands under the names of an environment. */
export async function survey(api: DigitalOcean, config: EnvironmentConfig): Promise<Survey> {
  const name = resourceName(config);
  const [vpcs, projects, postgres, valkey, apps] = await Promise.all([
    everyPage(
      (query) => api.call("listVpcs", {}, { query }),
      ({ vpcs }) => vpcs,
    ),
    everyPage(
      (query) => api.call("listProjects", {}, { query }),
      ({ projects }) => projects,
    ),
    surveyCluster(api, resourceName(config, "postgres")),
    surveyCluster(api, resourceName(config, "valkey")),
    everyPage(
      (query) => api.call("listApps", {}, { query }),
      ({ apps }) => apps,
    ),
  ]);
  const project = projects.find((one) => one.name === name);
  const app = apps.find(({ spec }) => spec.name === name);
  return {
    vpc: vpcs.find((one) => one.name === name),
    project,
    members: project ? await projectMembers(api, project.id) : [],
    postgres,
    valkey,
    app,
    appAlerts: app ? ((await api.call("listAppAlerts", { app_id: app.id })).alerts ?? []) : [],
    ...(await surveyMonitoring(api, config, [postgres, valkey])),
    records: await surveyRecords(api, config),
  };
}

async function projectMembers(api: DigitalOcean, project_id: string): Promise<string[]> {
  const members = await everyPage(
    (query) => api.call("listProjectResources", { project_id }, { query }),
    ({ resources }) => resources,
  );
  return members.map(({ urn }) => urn);
}

async function surveyCluster(
  api: DigitalOcean,
  name: string,
): Promise<SurveyedCluster | undefined> {
  const clusters = await everyPage(
    (query) => api.call("listDatabases", {}, { query }),
    ({ databases }) => databases,
  );
  const cluster = clusters.find((one) => one.name === name);
  if (!cluster) return undefined;
  const of = { cluster_id: cluster.id };
  const isValkey = cluster.engine === "valkey";
  const [firewall, config, sinks] = await Promise.all([
    api.call("getDatabaseFirewall", of),
    api.call("getDatabaseConfig", of),
    logSinks(api, cluster.id),
  ]);
  const settings = { trustedSources: firewall.rules ?? [], settings: config.config, sinks };
  if (isValkey) {
    const { eviction_policy: evictionPolicy } = await api.call("getEvictionPolicy", of);
    return { cluster, ...settings, evictionPolicy, databases: [], users: [], pools: [] };
  }
  // These lists come whole: the API knows no pages of them.
  const [{ dbs }, { users }, { pools }] = await Promise.all([
    api.call("listDatabaseDbs", of),
    api.call("listDatabaseUsers", of),
    api.call("listConnectionPools", of),
  ]);
  const databases = dbs?.map((one) => one.name) ?? [];
  return { cluster, ...settings, databases, users: users ?? [], pools: pools ?? [] };
}

async function logSinks(api: DigitalOcean, cluster_id: string) {
  try {
    return (await api.call("listLogsinks", { cluster_id })).sinks ?? [];
  } catch (error) {
    // An edition that has no log sinks has none.
    if ([404, 405, 422, 501].includes(refusedWith(error) ?? 0)) return [];
    throw error;
  }
}

async function surveyMonitoring(
  api: DigitalOcean,
  config: EnvironmentConfig,
  clusters: readonly (SurveyedCluster | undefined)[],
): Promise<Pick<Survey, "policies" | "checks">> {
  const ids = clusters.flatMap((one) => (one ? [one.cluster.id] : []));
  const [policies, checks] = await Promise.all([
    everyPage(
      (query) => api.call("listAlertPolicies", {}, { query }),
      ({ policies }) => policies,
    ),
    everyPage(
      (query) => api.call("listUptimeChecks", {}, { query }),
      ({ checks }) => checks,
    ),
  ]);
  const own = checks.filter(({ name }) => name.startsWith(`${resourceName(config)}-`));
  return {
    policies: policies.filter(({ entities }) => entities?.some((entity) => ids.includes(entity))),
    checks: await Promise.all(
      own.map(async (check) => ({ check, alerts: await alertsOf(api, check.id) })),
    ),
  };
}

async function alertsOf(api: DigitalOcean, check_id: string) {
  return everyPage(
    (query) => api.call("listUptimeAlerts", { check_id }, { query }),
    ({ alerts }) => alerts,
  );
}

async function surveyRecords(api: DigitalOcean, { domain }: EnvironmentConfig) {
  if (domain.zoneManagedBy === "elsewhere") return [];
  return everyPage(
    (query) => api.call("listRecords", { domain: domain.zone }, { query }),
    ({ domain_records }) => domain_records,
  ).catch((error: unknown) => {
    // No zone, no records: what is missing is said by whoever compares.
    if (refusedWith(error) === 404) return [];
    throw error;
  });
}
