import type { z } from "zod";

import { nameOf, postgresName } from "../../constructs/naming.ts";
import type { EnvironmentConfig } from "../../environments/schema/environment.ts";
import type {
  connectionPool,
  databaseUser,
  firewallRule,
  logsink,
} from "@mam-infra/clients/digitalocean/database-parts";
import type { databaseCluster } from "@mam-infra/clients/digitalocean/databases";
import { refusedWith } from "@mam-infra/clients/digitalocean/error";
import type { alertPolicy } from "@mam-infra/clients/digitalocean/monitoring";
import type { vpc } from "@mam-infra/clients/digitalocean/network";
import type { project } from "@mam-infra/clients/digitalocean/projects";
import type { DigitalOcean } from "@mam-infra/clients/digitalocean";
import { everyPage } from "./every-page.ts";

/** A cluster and what is in it. */
export interface ObservedCluster {
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

/** What stands of the data stack, as the API tells it. Passwords are in it: it is never written or shown. */
export interface ObservedData {
  readonly vpc?: z.output<typeof vpc> | undefined;
  readonly project?: z.output<typeof project> | undefined;
  /** Resource names of the project's members. */
  readonly members: readonly string[];
  readonly postgres?: ObservedCluster | undefined;
  readonly valkey?: ObservedCluster | undefined;
  /** The alert policies of both clusters. */
  readonly policies: readonly z.output<typeof alertPolicy>[];
}

/** Asks the API what stands of the data stack: fifteen requests, as long as every list has one page. */
export async function observeData(
  api: DigitalOcean,
  config: EnvironmentConfig,
): Promise<ObservedData> {
  const [vpcs, projects, clusters] = await Promise.all([
    everyPage(
      (query) => api.call("listVpcs", {}, { query }),
      ({ vpcs }) => vpcs,
    ),
    everyPage(
      (query) => api.call("listProjects", {}, { query }),
      ({ projects }) => projects,
    ),
    everyPage(
      (query) => api.call("listDatabases", {}, { query }),
      ({ databases }) => databases,
    ),
  ]);
  const project = projects.find((one) => one.name === nameOf(config, "project"));
  const ofName = (wanted: string) => {
    const found = clusters.find((one) => one.name === wanted);
    return found ? observeCluster(api, found) : undefined;
  };
  const [members, postgres, valkey, policies] = await Promise.all([
    project ? projectMembers(api, project.id) : [],
    ofName(postgresName(config)),
    ofName(nameOf(config, "valkey")),
    everyPage(
      (query) => api.call("listAlertPolicies", {}, { query }),
      ({ policies: page }) => page,
    ),
  ]);
  const ids = [postgres, valkey].flatMap((one) => (one ? [one.cluster.id] : []));
  return {
    vpc: vpcs.find((one) => one.name === nameOf(config, "vpc")),
    project,
    members,
    postgres,
    valkey,
    policies: policies.filter(({ entities }) => entities?.some((entity) => ids.includes(entity))),
  };
}

/** Resource names of a project's members. The app's stack adds to them. */
export async function projectMembers(api: DigitalOcean, project_id: string): Promise<string[]> {
  const members = await everyPage(
    (query) => api.call("listProjectResources", { project_id }, { query }),
    ({ resources }) => resources,
  );
  return members.map(({ urn }) => urn);
}

async function observeCluster(
  api: DigitalOcean,
  cluster: ObservedCluster["cluster"],
): Promise<ObservedCluster> {
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
