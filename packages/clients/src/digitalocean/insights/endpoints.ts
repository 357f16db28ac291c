import type { Endpoint } from "../endpoint.ts";
import { insightsAlertInstances } from "./alert-instances.ts";
import { insightsAlertRules } from "./alert-rules.ts";
import { insightsDashboards } from "./dashboards.ts";
import { insightsNotificationChannels } from "./notification-channels.ts";
import { insightsQueries } from "./queries.ts";
import { insightsResources } from "./resources.ts";

/** Calls of DigitalOcean Insights: `/v2/insights`. */
export const insights = {
  ...insightsDashboards,
  ...insightsAlertRules,
  ...insightsAlertInstances,
  ...insightsNotificationChannels,
  ...insightsQueries,
  ...insightsResources,
} as const satisfies Record<string, Endpoint>;
