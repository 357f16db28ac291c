import {
  type InsightsItem,
  allOfInsights,
  insightsWord,
} from "@mam-infra/clients/digitalocean/insights";

import { namePrefix } from "../../monitoring/mark.ts";
import { type Watched, appUrn, clusterUrn } from "../../monitoring/watched.ts";
import type { Session } from "../context/session.ts";
import { whereAvailable } from "./availability.ts";
import { askWatched } from "./watched.ts";

/** An alert of Insights that fires, and its rule. One of the control panel may be missing from the list of rules. */
export interface FiringInstance {
  readonly instance: InsightsItem<"listInsightsAlertInstances">;
  readonly rule: InsightsItem<"listInsightsAlertRules"> | undefined;
}

/**
 * What fires on Insights for an environment; nothing while it is not deployed, or where Insights is switched off.
 *
 * @throws InsightsUnavailable where the account or the token has no Insights; DigitalOceanError when it gives no answer.
 */
export async function firingInstances(session: Session): Promise<readonly FiringInstance[]> {
  const { config } = session.environment;
  const standing = config.monitoring.insights.enabled ? await askWatched(session) : undefined;
  if (!standing) return [];
  const api = session.clients.digitalOcean();
  const query = { status: "active" };
  const instances = await whereAvailable(() =>
    allOfInsights(api, "listInsightsAlertInstances", query),
  );
  const rules = await allOfInsights(api, "listInsightsAlertRules");
  return instances
    .filter((one) => insightsWord(one.status) !== "resolved")
    .map((instance) => ({ instance, rule: rules.find(({ id }) => id === instance.rule_id) }))
    .filter((one) => isOurs(one, config.name, standing.watched));
}

/** Whether an instance is of our rule or about what is ours. */
function isOurs(
  { instance, rule }: FiringInstance,
  environment: string,
  watched: Watched,
): boolean {
  const urns = [appUrn(watched), clusterUrn(watched, "postgres"), clusterUrn(watched, "valkey")];
  const isNamed = rule?.spec.name.startsWith(namePrefix(environment)) ?? false;
  return isNamed || urns.includes((instance.resource_urn ?? "").toLowerCase());
}
