import type { Panel, PanelGroup } from "../../../monitoring/panels/panel.ts";
import { lineLabel } from "../../../monitoring/promql.ts";
import type { ChartLine, ChartView, ChartsView } from "../board.ts";

/** A series of Insights. */
export interface Series {
  readonly labels: Readonly<Record<string, string>>;
  /** Seconds since the epoch, and the value then; NaN where nothing was measured. */
  readonly values: readonly (readonly [at: number, value: number])[];
}

/**
 * Puts series into the charts that they belong to, all over the same times.
 *
 * @param series each with {@link lineLabel}, the number of its query among those of all panels.
 * @param step seconds between two times; where a series has no value for one, its line has a gap.
 */
export function chartsOf(
  groups: readonly PanelGroup[],
  region: string,
  series: readonly Series[],
  step: number,
): ChartsView {
  const times = timesOf(series, step);
  const ofQuery = (number: number) =>
    series.filter(({ labels }) => labels[lineLabel] === String(number));
  let next = 0;
  const view = ({ queries, ...panel }: Panel): ChartView => ({
    key: panel.key,
    title: panel.title,
    description: panel.description,
    unit: panel.unit,
    thresholds: panel.thresholds,
    lines: queries.flatMap(({ legend }) => linesOf(legend, ofQuery(next++), times)),
  });
  return {
    region,
    times,
    groups: groups.map(({ title, panels }) => ({ title, panels: panels.map(view) })),
  };
}

/** Every time between the first and the last value. */
function timesOf(series: readonly Series[], step: number): number[] {
  const all = series.flatMap(({ values }) => values.map(([at]) => at));
  if (all.length === 0) return [];
  const [first, last] = [Math.min(...all), Math.max(...all)];
  return Array.from({ length: Math.round((last - first) / step) + 1 }, (_, n) => first + n * step);
}

function linesOf(legend: string, series: readonly Series[], times: readonly number[]): ChartLine[] {
  return series
    .map(({ labels, values }) => {
      const known = new Map(values);
      return {
        name: legend.replaceAll(/\{\{(\w+)\}\}/g, (_, label: string) => labels[label] ?? ""),
        values: times.map((at) => numberOr(known.get(at))),
      };
    })
    .toSorted((one, other) => one.name.localeCompare(other.name));
}

/** JSON knows no NaN, and three figures behind the point are more than a chart can show. */
function numberOr(value: number | undefined): number | null {
  return value === undefined || !Number.isFinite(value) ? null : Math.round(value * 1000) / 1000;
}
