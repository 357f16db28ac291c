import type { DigitalOcean } from "../../digitalocean.ts";
import type { Query } from "../reply.ts";
import type { insightsAlertInstances } from "./alert-instances.ts";
import type { insightsAlertRules } from "./alert-rules.ts";
import type { insightsDashboards } from "./dashboards.ts";
import type { insightsNotificationChannels } from "./notification-channels.ts";
import type { insightsResources } from "./resources.ts";
import type { z } from "zod";

/** The key of each list's items, and whether its query writes `page` or `pagination.page`. */
const lists = {
  listInsightsDashboards: { key: "dashboards", prefix: "pagination." },
  listInsightsResources: { key: "resources", prefix: "pagination." },
  listInsightsAlertRules: { key: "alert_rules", prefix: "" },
  listInsightsAlertInstances: { key: "alert_instances", prefix: "" },
  listInsightsNotificationChannels: { key: "notification_channels", prefix: "" },
} as const;

/** A list of Insights. */
export type InsightsList = keyof typeof lists;

type Tables = typeof insightsDashboards &
  typeof insightsResources &
  typeof insightsAlertRules &
  typeof insightsAlertInstances &
  typeof insightsNotificationChannels;
type Answers = { [Name in InsightsList]: z.output<Tables[Name]["response"]> };

/** What a list is of. */
export type InsightsItem<Name extends InsightsList> = Answers[Name][(typeof lists)[Name]["key"] &
  keyof Answers[Name]] extends readonly (infer Item)[]
  ? Item
  : never;

/** The most that one page may have. */
const perPage = 200;

/**
 * All items of a list of Insights: pages are read until there is no `links.pages.next` and `page` has reached
 * `pagination.pages`, because either form of envelope may come. A page without items ends it, too.
 *
 * @param query what else the list takes, such as `resource_urn`.
 * @throws DigitalOceanError when the API refuses.
 */
export async function allOfInsights<Name extends InsightsList>(
  client: Pick<DigitalOcean, "call">,
  name: Name,
  query: Query = {},
): Promise<InsightsItem<Name>[]> {
  const { key, prefix } = lists[name];
  const all: InsightsItem<Name>[] = [];
  for (let page = 1; ; page += 1) {
    const at = { [`${prefix}page`]: page, [`${prefix}per_page`]: perPage };
    const answer: Answers[InsightsList] = await client.call<InsightsList>(
      name,
      {},
      { query: { ...query, ...at } },
    );
    // The table pairs each name with its key, which TypeScript cannot follow through an index.
    const items = answer[key] as InsightsItem<Name>[];
    all.push(...items);
    const { links, pagination } = answer;
    const isMore = links?.pages?.next !== undefined || page < (pagination?.pages ?? 0);
    if (!isMore || items.length === 0) return all;
  }
}
