import type { EnvironmentConfig } from "../environments/schema/environment.ts";
import { namePrefix } from "./mark.ts";
import type { MetricName } from "./metrics.ts";
import { componentLabel } from "./promql.ts";
import { clusterAlerting } from "./thresholds.ts";
import { type Watched, appUrn, clusterUrn } from "./watched.ts";

/** Names of the rules on Insights, without their prefix: what a person reads in a mail. */
export const insightsRuleNames = {
  notReady: "no instance of a service is ready",
  slowApi: "the API answers slowly",
  postgresDisk: "the disk of PostgreSQL is nearly full",
  valkeyDisk: "the disk of Valkey is nearly full",
} as const;

/** A rule on Insights, as data. */
export interface InsightsRule {
  /** As it stands in mails and in the control panel: a rule has no other text. */
  readonly name: string;
  readonly metric: MetricName;
  readonly urn: string;
  /** Labels by which series are chosen. */
  readonly filters: Readonly<Record<string, string>>;
  readonly operator: "GREATER_THAN" | "LESS_THAN";
  readonly severity: "WARNING" | "CRITICAL";
  readonly value: number;
  /** Time that is looked at. A database is measured every second minute: at least five minutes. */
  readonly window: "5M" | "10M" | "15M";
  /** Whether it sleeps, as the uptime checks do: while the app shows its maintenance page nobody has to be woken. */
  readonly isPaused: boolean;
}

/**
 * The rules that only Insights can have; none in an environment that is muted, because a rule has to tell somebody. CPU,
 * memory, restarts and the first alerts of the databases stay Terraform's: docs/decisions/0026.
 */
export function insightsRules(
  config: EnvironmentConfig,
  watched: Watched,
): readonly InsightsRule[] {
  if (config.alerting.recipients.length === 0) return [];
  const name = (key: keyof typeof insightsRuleNames) =>
    `${namePrefix(config.name)}${insightsRuleNames[key]}`;
  const disk = (cluster: "postgres" | "valkey", key: keyof typeof insightsRuleNames) => ({
    name: name(key),
    metric: "do.databases.disk_utilization" as const,
    urn: clusterUrn(watched, cluster),
    filters: {},
    operator: "GREATER_THAN" as const,
    severity: "CRITICAL" as const,
    value: clusterAlerting(config, cluster).thresholds.diskCriticalPercent,
    window: "15M" as const,
    isPaused: false,
  });
  const isPaused = config.services.maintenancePage.enabled;
  return [
    {
      name: name("notReady"),
      metric: "do.apps.app_replicas_ready",
      urn: appUrn(watched),
      filters: {},
      operator: "LESS_THAN",
      severity: "CRITICAL",
      value: 1,
      window: "5M",
      isPaused,
    },
    {
      name: name("slowApi"),
      metric: "do.apps.app_request_duration_p95",
      urn: appUrn(watched),
      filters: { [componentLabel]: "api" },
      operator: "GREATER_THAN",
      severity: "WARNING",
      value: config.monitoring.objectives.apiP95Milliseconds / 1000,
      window: "10M",
      isPaused,
    },
    disk("postgres", "postgresDisk"),
    disk("valkey", "valkeyDisk"),
  ];
}

/** Name of the channel that all rules tell. */
export function mailChannelName(environment: string): string {
  return `${namePrefix(environment)}on call`;
}
