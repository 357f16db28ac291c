/** DigitalOcean Insights beside the calls of the table: whole lists, names, words and secrets as they are answered. */
export { type InsightsItem, type InsightsList, allOfInsights } from "./all-pages.ts";
export { type ChannelSecret, secretsOfChannel } from "./channel-secrets.ts";
export { insightsAlertInstance } from "./alert-instances.ts";
export { insightsAlertRule } from "./alert-rules.ts";
export { insightsDashboard } from "./dashboards.ts";
export { insightsNotificationChannel } from "./notification-channels.ts";
export { discoveryWindow, metricNames } from "./metric-names.ts";
export { insightsResource } from "./resources.ts";
export { answeredName, insightsNumber, insightsWord } from "./words.ts";
