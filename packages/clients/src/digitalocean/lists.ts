import { z } from "zod";

import { app } from "./apps.ts";
import { connectionPool, databaseUser } from "./database-parts.ts";
import { cluster, databaseCluster } from "./databases.ts";
import { type Endpoint, links } from "./endpoint.ts";
import { alertPolicy, uptimeAlert, uptimeCheck } from "./monitoring.ts";
import { domain, domainRecord, vpc } from "./network.ts";
import { project } from "./projects.ts";

/** Calls that list what the account has, a page at a time. An empty list comes as null. */
export const lists = {
  listApps: {
    method: "GET",
    path: "/v2/apps",
    response: z.looseObject({ apps: z.array(app).nullish(), links }),
  },
  listVpcs: {
    method: "GET",
    path: "/v2/vpcs",
    response: z.looseObject({ vpcs: z.array(vpc).nullish(), links }),
  },
  listProjects: {
    method: "GET",
    path: "/v2/projects",
    response: z.looseObject({ projects: z.array(project).nullish(), links }),
  },
  listDatabases: {
    method: "GET",
    path: "/v2/databases",
    response: z.looseObject({ databases: z.array(databaseCluster).nullish(), links }),
  },
  listDatabaseDbs: {
    method: "GET",
    path: `${cluster}/dbs`,
    response: z.looseObject({ dbs: z.array(z.looseObject({ name: z.string() })).nullish() }),
  },
  listDatabaseUsers: {
    method: "GET",
    path: `${cluster}/users`,
    response: z.looseObject({ users: z.array(databaseUser).nullish() }),
  },
  listConnectionPools: {
    method: "GET",
    path: `${cluster}/pools`,
    response: z.looseObject({ pools: z.array(connectionPool).nullish() }),
  },
  listDomains: {
    method: "GET",
    path: "/v2/domains",
    response: z.looseObject({ domains: z.array(domain).nullish(), links }),
  },
  listRecords: {
    method: "GET",
    path: "/v2/domains/{domain}/records",
    response: z.looseObject({ domain_records: z.array(domainRecord).nullish(), links }),
  },
  listAlertPolicies: {
    method: "GET",
    path: "/v2/monitoring/alerts",
    response: z.looseObject({ policies: z.array(alertPolicy).nullish(), links }),
  },
  listUptimeChecks: {
    method: "GET",
    path: "/v2/uptime/checks",
    response: z.looseObject({ checks: z.array(uptimeCheck).nullish(), links }),
  },
  listUptimeAlerts: {
    method: "GET",
    path: "/v2/uptime/checks/{check_id}/alerts",
    response: z.looseObject({ alerts: z.array(uptimeAlert).nullish(), links }),
  },
} as const satisfies Record<string, Endpoint>;
