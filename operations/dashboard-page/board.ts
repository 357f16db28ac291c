/**
 * What the page shows, as its server tells it and its script reads it: types alone, so that both are made from the same.
 * Nothing in it is a secret.
 */
import type { PanelThreshold, PanelUnit } from "../../monitoring/panels/panel.ts";
import type { LedgerEntry } from "../ledger/entry.ts";
import type { DatabaseStatus } from "../status/databases.ts";
import type { EndpointStatus } from "../status/endpoints.ts";
import type { InstanceStatus } from "../status/instances.ts";
import type { Running } from "../status/running.ts";
import type { ServiceLevelStatus } from "../platform/service-levels.ts";
import type { UptimeStatus } from "../status/uptime.ts";

/** A read that came to nothing. */
export interface Failure {
  readonly reason: string;
  /** When, ISO 8601. */
  readonly at: string;
}

/** A part of the page. What was known before a failure is still shown, with its age. */
export interface SectionView<T> {
  /** `reading`: nothing is known yet; `off`: it is not asked for, and `reason` says why. */
  readonly state: "reading" | "known" | "failed" | "off";
  /** Why it is off. */
  readonly reason?: string;
  readonly value?: T;
  /** When the oldest part of the value was asked for, ISO 8601 of this machine's clock. */
  readonly asOf?: string;
  /** Why the last read came to nothing; absent when it did not. */
  readonly failure?: Failure;
}

/** An alert that fires. */
export interface FiringAlert {
  readonly title: string;
  readonly severity: "warning" | "critical";
  /** Where it fires, such as a rule on Insights. */
  readonly source: string;
  /** Since when, ISO 8601 of the platform's clock; absent where the API does not say. */
  readonly since?: string;
  readonly value?: number;
  /** What it means to users. */
  readonly meaning?: string;
  /** Commands that show what to look at, in this order. */
  readonly looks: readonly string[];
}

/** What fires, and what nobody can see. */
export interface AlertsView {
  readonly firing: readonly FiringAlert[];
  /** What is not told, a sentence each: silence about it is no health. */
  readonly unseen: readonly string[];
}

/** A line of a chart: a value for each time, null where nothing was measured. */
export interface ChartLine {
  readonly name: string;
  readonly values: readonly (number | null)[];
}

/** A chart. */
export interface ChartView {
  readonly key: string;
  readonly title: string;
  readonly description: string;
  readonly unit: PanelUnit;
  readonly thresholds: readonly PanelThreshold[];
  readonly lines: readonly ChartLine[];
}

/** Every chart of the dashboard, over the same times. */
export interface ChartsView {
  /** Datacentre in which the metrics are. */
  readonly region: string;
  /** Seconds since the epoch, by the platform's clock. */
  readonly times: readonly number[];
  readonly groups: readonly { readonly title: string; readonly panels: readonly ChartView[] }[];
}

/** A release, as far as it is shown. */
export type ReleaseView = Pick<
  LedgerEntry,
  "id" | "kind" | "who" | "result" | "begun" | "ended" | "reason"
>;

/** What a month costs, in words. */
export interface CostView {
  readonly month: string;
  readonly parts: readonly { readonly part: string; readonly month: string }[];
  /** What is not in it. */
  readonly unknown: readonly string[];
}

/** Every part of the page, by its name. */
export interface SectionValues {
  readonly running: Running | undefined;
  readonly instances: readonly InstanceStatus[];
  readonly endpoints: readonly EndpointStatus[];
  readonly serviceLevels: readonly ServiceLevelStatus[];
  readonly alerts: AlertsView;
  readonly databases: readonly DatabaseStatus[];
  readonly uptime: readonly UptimeStatus[];
  readonly releases: readonly ReleaseView[];
  readonly cost: CostView;
  readonly charts: ChartsView;
}

/** Name of a part. */
export type SectionName = keyof SectionValues;

/** Every part as it stands. */
export type SectionViews = { readonly [Name in SectionName]: SectionView<SectionValues[Name]> };

/** What the page asks for again and again. The charts are large and change seldom: they have an address of their own. */
export interface Board {
  readonly environment: string;
  /** The present, by this machine's clock and by the platform's, ISO 8601. */
  readonly at: string;
  readonly platformAt: string;
  /** Whether every part that is judged has been read once. */
  readonly isWhole: boolean;
  /** What is wrong, and what should be looked at: a sentence each, as of `mam status`. */
  readonly problems: readonly string[];
  readonly warnings: readonly string[];
  readonly sections: Omit<SectionViews, "charts"> & {
    readonly charts: Omit<SectionView<ChartsView>, "value">;
  };
  /** Changes with the charts. */
  readonly chartsRevision: string;
}
