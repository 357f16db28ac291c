import { allOfInsights } from "@mam-infra/clients/digitalocean/insights";
import { messageOf } from "@mam-infra/clients/message";

import { dashboardDocument } from "../../monitoring/dashboard.ts";
import { panelGroups } from "../../monitoring/panels/all.ts";
import type { PersesDashboard } from "../../monitoring/perses.ts";
import { insightsRules } from "../../monitoring/rules.ts";
import type { EnvironmentConfig } from "../../environments/schema/environment.ts";
import type { Watched } from "../../monitoring/watched.ts";
import type { Violation } from "../context/check.ts";
import type { Session } from "../context/session.ts";
import { InsightsUnavailable, whereAvailable } from "./availability.ts";
import { type MetricJudgement, type NeededMetric, judgeMetrics } from "./catalogue.ts";
import type { PlannedChange } from "./change.ts";
import { mailChannel, ownChannels, planChannel, withoutChannels } from "./channels.ts";
import { planDashboard } from "./dashboards.ts";
import { type MetricPlace, findMetrics } from "./region.ts";
import { ownRules, planRules } from "./rules.ts";
import { schemaViolations } from "./schema.ts";
import { type Standing, askWatched } from "./watched.ts";

/** Seconds that the catalogue of a region looks back. */
const catalogueSeconds = 86_400;

/** What Insights lacks of an environment, or why it is not looked at. */
export type InsightsPlan =
  | {
      /** `off`: by the environment; `unavailable`: the account; `not deployed`: there is nothing to watch yet. */
      readonly state: "off" | "unavailable" | "not deployed";
      readonly reason: string;
    }
  | {
      readonly state: "planned";
      /** Datacentre in which the metrics are. */
      readonly region: string;
      readonly changes: readonly PlannedChange[];
      /** What has to be settled first: nothing is sent before. */
      readonly problems: readonly Violation[];
      /** Metrics that nothing has sent yet. */
      readonly awaited: readonly string[];
      /** The channel that rules tell, where it stands. */
      readonly channelId: string | undefined;
    };

/**
 * Puts what stands on Insights beside what the environment describes. Nothing is changed.
 *
 * @throws DigitalOceanError when the API does not answer.
 */
export async function planInsights(session: Session, now: Date): Promise<InsightsPlan> {
  const { name, monitoring } = session.environment.config;
  const { enabled, disabledReason = "" } = monitoring.insights;
  if (!enabled) return { state: "off", reason: disabledReason };
  try {
    const standing = await askWatched(session);
    return standing
      ? await planFor(session, standing, now)
      : {
          state: "not deployed",
          reason: `not all of ${name} stands: \`mam deploy ${name}\` first`,
        };
  } catch (error) {
    if (!(error instanceof InsightsUnavailable)) throw error;
    return { state: "unavailable", reason: error.message };
  }
}

async function planFor(
  session: Session,
  { watched, since }: Standing,
  now: Date,
): Promise<InsightsPlan> {
  const api = session.clients.digitalOcean();
  const { config } = session.environment;
  const { name } = config;
  const dashboards = await whereAvailable(() => allOfInsights(api, "listInsightsDashboards"));
  const document = dashboardDocument(config, watched);
  const dashboard = planDashboard(name, document, dashboards);
  const [rules, channels, place, refused] = await Promise.all([
    allOfInsights(api, "listInsightsAlertRules"),
    allOfInsights(api, "listInsightsNotificationChannels"),
    findMetrics(session, watched, now),
    // What stands was held against it before it was sent.
    dashboard.changes.length > 0 ? refusedDocument(session, document) : [],
  ]);
  const isYoung = now.getTime() - since.getTime() < catalogueSeconds * 1000;
  const judged = judgeMetrics(neededMetrics(config, watched), place.catalogue, isYoung);
  const channel = mailChannel(name, channels);
  const isMuted = config.alerting.recipients.length === 0;
  const surplus = ownChannels(name, channels).filter((one) => isMuted || one.id !== channel?.id);
  return {
    state: "planned",
    region: place.region,
    channelId: channel?.id,
    awaited: judged.awaited,
    problems: [...refused, ...unknownMetrics(judged, place), ...dashboard.problems],
    changes: [
      ...planChannel(config, channels),
      ...planRules(insightsRules(config, watched), ownRules(name, rules), channel?.id),
      ...dashboard.changes,
      ...withoutChannels(surplus),
    ],
  };
}

/** Every metric of panels and rules, with who needs it. */
function neededMetrics(config: EnvironmentConfig, watched: Watched): readonly NeededMetric[] {
  const panels = panelGroups(config, watched).flatMap((group) => group.panels);
  return [
    ...panels.flatMap(({ title, queries }) =>
      queries.flatMap(({ query }) =>
        query.metrics.map((metric) => ({ metric, usedBy: `the panel "${title}"` })),
      ),
    ),
    ...insightsRules(config, watched).map(({ metric, name }) => ({
      metric,
      usedBy: `the alert rule "${name}"`,
    })),
  ];
}

function unknownMetrics({ unknown }: MetricJudgement, { region }: MetricPlace): Violation[] {
  return unknown.map(({ metric, usedBy }) => ({
    resource: `the metric ${metric} of ${usedBy}`,
    expected: `a name that Insights knows in ${region}`,
    found: "none of that name, though others of its kind are there",
    fix: "a rule on it would be taken and never fire: name another datacentre in monitoring.insights.region, or mend monitoring/metrics.ts",
  }));
}

/** What the API's own schema has against the document. Without a schema nothing is guessed. */
async function refusedDocument(
  { clients, environment: { config } }: Session,
  document: PersesDashboard,
): Promise<Violation[]> {
  const resource = "the dashboard's document";
  try {
    const schema = await clients.digitalOcean().call("getInsightsDashboardSchema", {});
    const reasons = await schemaViolations(schema, document);
    return reasons.length === 0
      ? []
      : [
          {
            resource,
            expected: "what the schema of the API takes",
            found: reasons.join("; "),
            fix: 'mend monitoring/perses.ts or the panel in monitoring/panels/; the schema: `curl -H "Authorization: Bearer $DIGITALOCEAN_TOKEN" https://api.digitalocean.com/v2/insights/dashboards/schema`',
          },
        ];
  } catch (error) {
    return [
      {
        resource,
        expected: "a schema of the API to hold it against",
        found: messageOf(error),
        fix: `\`mam dashboard ${config.name} plan\` again: nothing is sent that was not held against it`,
      },
    ];
  }
}
