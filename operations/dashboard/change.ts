import type { DigitalOcean } from "@mam-infra/clients/digitalocean";
import type { Violation } from "../context/check.ts";
import type { FieldDifference } from "./difference.ts";

/** Something on Insights that is not as the environment describes it. */
export interface InsightsChange {
  readonly what: "dashboard" | "alert rule" | "notification channel";
  readonly name: string;
  readonly action: "create" | "update" | "delete";
  /** What differs; only of an update. */
  readonly differences: readonly FieldDifference[];
}

/** What one step of an apply tells the next. */
export interface Sent {
  /** Id of the channel that rules tell. */
  channelId?: string | undefined;
}

/** A change, and how it is made. */
export interface PlannedChange extends InsightsChange {
  readonly send: (api: DigitalOcean, sent: Sent) => Promise<unknown>;
}

/** What has to be done to one kind of thing, and what stands in its way. */
export interface PartPlan {
  readonly changes: readonly PlannedChange[];
  readonly problems: readonly Violation[];
}
