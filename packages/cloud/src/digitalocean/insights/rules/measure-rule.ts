import { type Series, pointsOf } from "../metrics/series.ts";
import type { Severity } from "../model.ts";
import { seriesName } from "../promql/dotted-names.ts";
import type { Window } from "../promql/range-functions.ts";
import type { RuleSpec } from "./rule-schema.ts";

const compare: Readonly<Record<string, (value: number, limit: number) => boolean>> = {
  EQUAL: (value, limit) => value === limit,
  NOT_EQUAL: (value, limit) => value !== limit,
  LESS_THAN: (value, limit) => value < limit,
  LESS_THAN_OR_EQUAL: (value, limit) => value <= limit,
  GREATER_THAN: (value, limit) => value > limit,
  GREATER_THAN_OR_EQUAL: (value, limit) => value >= limit,
};

const comparison = (operator: string) =>
  compare[operator.replace(/^(?:FILTER|THRESHOLD)_OPERATOR_/, "")] ?? (() => false);

type Filter = NonNullable<RuleSpec["query"]["filters"]>[number];

/** Labels are compared as texts where they are to be equal, else as numbers. */
function passes({ labels }: Series, { field, operator, value }: Filter): boolean {
  const label = labels[seriesName(field)] ?? "";
  if (operator.endsWith("_EQUAL") && !operator.includes("THAN")) {
    return operator.endsWith("NOT_EQUAL") ? label !== value : label === value;
  }
  return comparison(operator)(Number(label), Number(value));
}

/** The series that a rule watches: by the metric's dotted name, and by no other. */
export function watchedSeries(all: readonly Series[], { query }: RuleSpec): Series[] {
  const { metric, filters = [], resource_urns: urns = [] } = query;
  return all.filter(
    (series) =>
      series.metric.name === metric &&
      (urns.length === 0 || urns.includes(series.urn)) &&
      filters.every((filter) => passes(series, filter)),
  );
}

/** The mean of all points in a window, by resource; NaN is no point. */
export function meansByResource(
  series: readonly Series[],
  window: Window,
): ReadonlyMap<string, number> {
  const values = new Map<string, number[]>();
  for (const one of series) {
    const points = pointsOf(one, window).filter(({ value }) => !Number.isNaN(value));
    const known = values.get(one.urn) ?? [];
    values.set(one.urn, [...known, ...points.map(({ value }) => value)]);
  }
  const filled = [...values].filter(([, all]) => all.length > 0);
  return new Map(
    filled.map(([urn, all]) => [urn, all.reduce((sum, value) => sum + value, 0) / all.length]),
  );
}

/** How bad a value is; undefined where it is not. */
export function severityOf(
  { operator, warning, critical }: RuleSpec["thresholds"],
  value: number,
): Severity | undefined {
  const exceeds = comparison(operator);
  if (critical !== undefined && exceeds(value, critical)) return "critical";
  return warning !== undefined && exceeds(value, warning) ? "warning" : undefined;
}
