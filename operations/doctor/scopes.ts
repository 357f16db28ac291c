import { refusedWith } from "@mam-infra/clients/digitalocean/error";
import type { DigitalOcean } from "@mam-infra/clients/digitalocean";
import { pageSize } from "../platform/every-page.ts";

/** A scope of a DigitalOcean token, and a call that shows whether a token has it. */
interface ScopeProbe {
  /** As DigitalOcean names it (docs.digitalocean.com/reference/api/scopes). */
  readonly scope: string;
  readonly ask: (api: DigitalOcean) => Promise<unknown>;
}

/** The id that nothing has. */
const nothing = "00000000-0000-0000-0000-000000000000";
/** The first page, as others read it. */
const query = { page: 1, per_page: pageSize };
const noRecord = { priority: 0, port: 0, weight: 0, flags: 0 };
const noProject = {
  name: "nothing",
  description: "",
  purpose: "Operational / Developer tooling",
  environment: "Production",
  is_default: false,
};
const noCheck = {
  name: "nothing",
  type: "https",
  target: "https://nothing.invalid",
  regions: ["us_east"],
  enabled: false,
};
const noPolicy = {
  type: "v1/insights/droplet/cpu",
  description: "nothing",
  compare: "GreaterThan",
  value: 100,
  window: "1h",
  entities: [],
  tags: [],
  alerts: { email: [], slack: [] },
  enabled: false,
};

/** Scopes that read, each shown by a list. */
const reading: readonly ScopeProbe[] = [
  { scope: "account:read", ask: (api) => api.call("getAccount", {}) },
  { scope: "app:read", ask: (api) => api.call("listApps", {}, { query }) },
  { scope: "database:read", ask: (api) => api.call("listDatabases", {}, { query }) },
  { scope: "domain:read", ask: (api) => api.call("listDomains", {}, { query }) },
  { scope: "monitoring:read", ask: (api) => api.call("listAlertPolicies", {}, { query }) },
  { scope: "project:read", ask: (api) => api.call("listProjects", {}, { query }) },
  { scope: "regions:read", ask: (api) => api.call("listRegions", {}, { query }) },
  { scope: "registry:read", ask: (api) => api.call("listRegistries", {}) },
  { scope: "uptime:read", ask: (api) => api.call("listUptimeChecks", {}, { query }) },
  { scope: "vpc:read", ask: (api) => api.call("listVpcs", {}, { query }) },
];

/**
 * Scopes that write, each shown by a change of something that does not exist: it can have no effect, and is answered 403
 * without the scope and 404 with it. What they find is a token that was made to read only. Creating and deleting are
 * scopes of their own, and are not asked for, because no such question is free of consequences everywhere.
 */
const writing: readonly ScopeProbe[] = [
  {
    scope: "app:update",
    ask: (api) => api.call("createDeployment", { app_id: nothing }, { body: {} }),
  },
  {
    scope: "database:update",
    ask: (api) =>
      api.call(
        "updateDatabaseMaintenance",
        { cluster_id: nothing },
        { body: { day: "sunday", hour: "02:00" } },
      ),
  },
  {
    scope: "domain:update",
    ask: (api) =>
      api.call(
        "updateRecord",
        { domain: "nothing.invalid", record_id: 1 },
        { body: { type: "A", name: "nothing", data: "192.0.2.1", ...noRecord } },
      ),
  },
  {
    scope: "monitoring:update",
    ask: (api) => api.call("updateAlertPolicy", { alert_uuid: nothing }, { body: noPolicy }),
  },
  {
    scope: "project:update",
    ask: (api) => api.call("updateProject", { project_id: nothing }, { body: noProject }),
  },
  {
    scope: "uptime:update",
    ask: (api) => api.call("updateUptimeCheck", { check_id: nothing }, { body: noCheck }),
  },
  {
    scope: "vpc:update",
    ask: (api) =>
      api.call("updateVpc", { vpc_id: nothing }, { body: { name: "nothing", default: false } }),
  },
];

/** Scopes of Insights. A deployment goes on without them. */
const watching: readonly ScopeProbe[] = [
  {
    scope: "insights:read",
    ask: (api) =>
      api.call(
        "listInsightsDashboards",
        {},
        { query: { "pagination.page": 1, "pagination.per_page": pageSize } },
      ),
  },
  {
    scope: "insights:update",
    ask: (api) =>
      api.call("replaceInsightsDashboard", { dashboard_uuid: nothing }, { body: { spec: "{}" } }),
  },
  {
    scope: "insights:delete",
    ask: (api) => api.call("deleteInsightsAlertRule", { alert_rule_id: nothing }),
  },
];

/**
 * The scopes that a token lacks, of those that the project needs.
 *
 * @throws DigitalOceanError when the API does not answer, or does not take the token at all.
 */
export function missingScopes(api: DigitalOcean): Promise<string[]> {
  return missingOf([...reading, ...writing], api);
}

/** The scopes of Insights that a token lacks; all of them where the account itself has no Insights. */
export function missingInsightsScopes(api: DigitalOcean): Promise<string[]> {
  return missingOf(watching, api);
}

async function missingOf(probes: readonly ScopeProbe[], api: DigitalOcean): Promise<string[]> {
  const missing = await Promise.all(
    probes.map(async (probe) => ((await has(probe, api)) ? [] : probe.scope)),
  );
  return missing.flat();
}

/** Scopes that a client's token was found to have. A rotation asks the doctor before each of its stages. */
const found = new WeakMap<DigitalOcean, Set<string>>();

/** Whether a token has a scope, which it keeps: DigitalOcean decides on scopes when a token is made. */
async function has({ scope, ask }: ScopeProbe, api: DigitalOcean): Promise<boolean> {
  const scopes = found.get(api) ?? new Set();
  found.set(api, scopes);
  if (scopes.has(scope)) return true;
  const isAllowed = await allows(ask, api);
  if (isAllowed) scopes.add(scope);
  return isAllowed;
}

async function allows(ask: ScopeProbe["ask"], api: DigitalOcean): Promise<boolean> {
  try {
    await ask(api);
    return true;
  } catch (error) {
    const status = refusedWith(error);
    if (status === 403) return false;
    // Understood and refused for another reason: what does not exist, or what a body of nothing lacks.
    if (status === 400 || status === 404 || status === 422) return true;
    throw error;
  }
}
