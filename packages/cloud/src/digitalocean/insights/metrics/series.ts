import { seriesName } from "../promql/dotted-names.ts";
import type { Labels } from "../promql/matchers.ts";
import type { Point, Window } from "../promql/range-functions.ts";
import type { Metric } from "./catalogue.ts";

/** Milliseconds between two points of a series. */
const minute = 60_000;

/** A series of a resource. */
export interface Series {
  readonly metric: Metric;
  /** With the metric's name, all with underscores. */
  readonly labels: Labels;
  readonly urn: string;
  /** The datacentre that it is found in. */
  readonly region: string;
  /** When its first point can be, and from when on it has none; milliseconds since the epoch. */
  readonly begins: number;
  readonly ends: number;
  /** What is measured at a time; undefined where nothing is. */
  readonly measure: (at: number) => number | undefined;
}

/** The labels of a series, from its metric and what else it has. */
export const labelsOf = (metric: Metric, urn: string, further: Labels): Labels => ({
  __name__: seriesName(metric.name),
  resource_urn: urn,
  ...further,
});

function valueAt({ metric, measure }: Series, at: number): number | undefined {
  const isOdd = (at / minute) % 2 === 1;
  if (!isOdd || metric.oddMinutes === "measured") return measure(at);
  if (metric.oddMinutes === "repeated") return measure(at - minute);
  return metric.oddMinutes === "NaN" && measure(at) !== undefined ? NaN : undefined;
}

/** The points of a series in a window, on whole minutes, oldest first. */
export function pointsOf(series: Series, { from, to }: Window): Point[] {
  const [first, last] = [Math.max(from, series.begins - 1), Math.min(to, series.ends)];
  const points: Point[] = [];
  for (let at = (Math.floor(first / minute) + 1) * minute; at <= last; at += minute) {
    const value = valueAt(series, at);
    if (value !== undefined) points.push({ at, value });
  }
  return points;
}
