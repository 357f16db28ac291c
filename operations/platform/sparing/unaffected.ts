import { type EndpointName, endpoints } from "@mam-infra/clients/digitalocean/endpoints";
import type { StackKind } from "../../terraform/stack-kinds.ts";

/** What no stack of ours makes: the account, what DigitalOcean offers, pushed images, and Insights. */
const ofNobody: readonly EndpointName[] = [
  "getAccount",
  "getDatabaseOptions",
  "getInsightsDashboardSchema",
  "listAppRegions",
  "listInsightsAlertRules",
  "listInsightsDashboards",
  "listInsightsLabelValues",
  "listInsightsNotificationChannels",
  "listInstanceSizes",
  "listRegions",
  "listRegistries",
  "listRegistryDigests",
];

/** What the data stack makes, and the app's stack leaves as it is. */
const ofData: readonly EndpointName[] = [
  "getDatabaseConfig",
  "getDatabaseFirewall",
  "getEvictionPolicy",
  "listAlertPolicies",
  "listConnectionPools",
  "listDatabaseDbs",
  "listDatabaseUsers",
  "listDatabases",
  "listLogsinks",
  "listProjects",
  "listVpcs",
];

/** What an apply of each stack leaves as it is. Storage is on Wasabi. Whatever is not named is asked for again. */
const leftBy: Readonly<Record<StackKind, (name: EndpointName) => boolean>> = {
  storage: () => true,
  data: (name) => ofNobody.includes(name),
  app: (name) => ofNobody.includes(name) || ofData.includes(name),
};

/** Lists of Insights, which our own changes there make untrue; metrics come by themselves, and its schema is DigitalOcean's. */
const listsOfInsights: readonly EndpointName[] = [
  "listInsightsAlertRules",
  "listInsightsDashboards",
  "listInsightsNotificationChannels",
];

/** What changes by an apply of a stack, or by a call. */
export type Change = { readonly stack: StackKind } | { readonly call: EndpointName };

/** Whether the answer to a call is the same before and after a change. */
export function isUnaffected(name: EndpointName, change: Change): boolean {
  if ("stack" in change) return leftBy[change.stack](name);
  const { path } = endpoints[change.call];
  if (path.startsWith("/v2/insights/")) return !listsOfInsights.includes(name);
  return path.startsWith("/v2/apps") ? leftBy.app(name) : ofNobody.includes(name);
}
