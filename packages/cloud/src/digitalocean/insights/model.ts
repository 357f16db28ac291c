import { type InsightsKnobs, defaultKnobs } from "./knobs.ts";
import type { RuleSpec, RuleStatus } from "./rules/rule-schema.ts";
import type { ChannelConfig } from "./channels/channel-schema.ts";

/** A dashboard. */
export interface Dashboard {
  readonly uuid: string;
  /** Name and description as its document says. */
  name: string;
  description: string | undefined;
  /** The document as it was sent, to the last byte. */
  spec: string;
  readonly created_at: string;
  updated_at: string;
}

/** An alert rule. */
export interface AlertRule {
  readonly id: string;
  spec: RuleSpec;
  status: RuleStatus;
  /** Whether it was made in the control panel: the list leaves it out then. */
  readonly isConsoleMade: boolean;
  readonly created_at: string;
  updated_at: string;
}

/** A notification channel. Its secrets leave the store for nobody. */
export interface NotificationChannel {
  readonly id: string;
  name: string;
  config: ChannelConfig;
  readonly created_at: string;
  updated_at: string;
}

/** How bad it is. */
export type Severity = "warning" | "critical";

/** An alert that fired; times are milliseconds since the epoch. */
export interface AlertInstance {
  readonly id: string;
  readonly rule_id: string;
  readonly resource_urn: string;
  severity: Severity;
  value: number;
  readonly triggered_at: number;
  last_triggered_at: number;
  last_notified_at: number;
  resolved_at?: number;
}

/** What was told, and to whom. */
export interface Delivery {
  readonly at: string;
  readonly rule: string;
  readonly channel: string;
  readonly by: "email" | "slack" | "webhook";
  /** Addresses, a Slack channel, or the address of a webhook. */
  readonly to: string;
  readonly state: "Triggered" | "Recovered";
  readonly severity: Severity;
  readonly value: number;
  readonly metric: string;
  readonly resource_urn: string;
}

/** What a resource may send. */
export const signalNames = ["metrics", "logs", "traces"] as const;

/** A choice of what a resource sends. */
export interface ResourceSignals {
  readonly resource_urn: string;
  region?: string;
  signals: Partial<
    Record<(typeof signalNames)[number], { enabled: boolean; effective_at: string }>
  >;
}

/** Insights of an account: plain data, but for its knobs. */
export interface InsightsState {
  readonly knobs: InsightsKnobs;
  readonly dashboards: Dashboard[];
  readonly rules: AlertRule[];
  readonly channels: NotificationChannel[];
  readonly instances: AlertInstance[];
  readonly deliveries: Delivery[];
  readonly resources: ResourceSignals[];
  /** The last whole minute whose rules were judged; milliseconds since the epoch. */
  judgedUntil: number;
  /** Whether anybody ever asked: before that nothing is measured. */
  isAsked: boolean;
}

/** Insights of an account that never used it. */
export const emptyInsights = (at: Date): InsightsState => ({
  knobs: defaultKnobs(),
  dashboards: [],
  rules: [],
  channels: [],
  instances: [],
  deliveries: [],
  resources: [],
  judgedUntil: at.getTime(),
  isAsked: false,
});
