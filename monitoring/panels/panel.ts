import type { Query } from "../promql.ts";

/** What a chart's numbers are. */
export type PanelUnit = "percent" | "seconds" | "requests/s" | "count" | "load";

/** A line of a chart, or one for each component. */
export interface PanelQuery {
  readonly query: Query;
  /** What the line is called; `{{label}}` is replaced by the label's value. */
  readonly legend: string;
}

/** From where on an alert is sent. */
export interface PanelThreshold {
  readonly value: number;
  /** What happens from there on, as it stands beside the line. */
  readonly name: string;
  readonly severity: "warning" | "critical";
}

/** A chart, as data. */
export interface Panel {
  /** Names the panel in the document: kept, or the panel is another one. */
  readonly key: string;
  /** What is shown, without abbreviations. */
  readonly title: string;
  /** For somebody who sees it for the first time: what it shows, what is normal, and what else it may be. */
  readonly description: string;
  readonly unit: PanelUnit;
  readonly queries: readonly PanelQuery[];
  readonly thresholds: readonly PanelThreshold[];
}

/** Panels about one thing, under one title. */
export interface PanelGroup {
  readonly title: string;
  readonly panels: readonly Panel[];
}

/** A line where an alert is sent. */
export function alertAt(value: number, unit: string, minutes: number): PanelThreshold {
  return {
    value,
    name: `alert: above ${value}${unit} for ${minutes} minutes`,
    severity: "warning",
  };
}
