import { allOfInsights } from "@mam-infra/clients/digitalocean/insights";

import type { Session } from "../context/session.ts";
import { whereAvailable } from "./availability.ts";
import type { PlannedChange } from "./change.ts";
import { ownChannels, withoutChannels } from "./channels.ts";
import { ownDashboard } from "./dashboards.ts";
import { ownRules, withoutRules } from "./rules.ts";

/**
 * What takes away everything that carries the environment's mark: rules before the channels that they tell.
 *
 * @throws InsightsUnavailable where there is no Insights.
 */
export async function planRemoval({
  clients,
  environment: { config },
}: Session): Promise<readonly PlannedChange[]> {
  const api = clients.digitalOcean();
  const dashboards = await whereAvailable(() => allOfInsights(api, "listInsightsDashboards"));
  const [rules, channels] = await Promise.all([
    allOfInsights(api, "listInsightsAlertRules"),
    allOfInsights(api, "listInsightsNotificationChannels"),
  ]);
  const own = ownDashboard(config.name, dashboards);
  const dashboard: readonly PlannedChange[] = own
    ? [
        {
          what: "dashboard",
          name: own.name,
          action: "delete",
          differences: [],
          send: (client) => client.call("deleteInsightsDashboard", { dashboard_uuid: own.uuid }),
        },
      ]
    : [];
  return [
    ...dashboard,
    ...withoutRules(ownRules(config.name, rules)),
    ...withoutChannels(ownChannels(config.name, channels)),
  ];
}
