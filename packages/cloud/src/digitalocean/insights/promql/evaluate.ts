import type { Expression, Matcher } from "./expression.ts";
import type { Labels } from "./matchers.ts";
import { type Point, type Window, ofRange } from "./range-functions.ts";
import { badQuery } from "./query-error.ts";
import { type Sample, aggregated, combined, compute, keyOf, unnamed } from "./vectors.ts";

/** A series that can be asked for its points. */
export interface QueriedSeries {
  readonly labels: Labels;
  /** Points after the window's beginning and until its end, oldest first. */
  readonly points: (window: Window) => readonly Point[];
}

/** Finds the series that matchers select. */
export type Select = (matchers: readonly Matcher[]) => readonly QueriedSeries[];

/** What an expression is at a time: a number, or samples. */
export type Value = number | readonly Sample[];

/** How long a series' last point stands for the present, in milliseconds: Prometheus' lookback delta. */
const lookback = 300_000;

type Of<Kind extends Expression["kind"]> = Extract<Expression, { kind: Kind }>;

function selected({ matchers }: Of<"selector">, at: number, select: Select): Sample[] {
  return select(matchers).flatMap(({ labels, points }) => {
    const last = points({ from: at - lookback, to: at }).at(-1);
    return last ? [{ labels, value: last.value }] : [];
  });
}

function ranged({ name, matchers, seconds }: Of<"range">, at: number, select: Select): Sample[] {
  const window = { from: at - seconds * 1000, to: at };
  return select(matchers).flatMap(({ labels, points }) => {
    const value = ofRange(name, points(window), window);
    return value === undefined ? [] : [{ labels: unnamed(labels), value }];
  });
}

function calculated(expression: Of<"arithmetic">, at: number, select: Select): Value {
  const { operator, matching } = expression;
  const left = evaluate(expression.left, at, select);
  const right = evaluate(expression.right, at, select);
  const each = (samples: readonly Sample[], by: (value: number) => number) =>
    samples.map(({ labels, value }) => ({ labels: unnamed(labels), value: by(value) }));
  if (typeof left === "number") {
    return typeof right === "number"
      ? compute[operator](left, right)
      : each(right, (value) => compute[operator](left, value));
  }
  if (typeof right === "number") return each(left, (value) => compute[operator](value, right));
  return combined(operator, left, right, matching);
}

/** The samples of an expression that has to be a vector. @throws QueryError for a number. */
function samplesOf(expression: Expression, at: number, select: Select): readonly Sample[] {
  const value = evaluate(expression, at, select);
  if (typeof value !== "number") return value;
  throw badQuery("expected type instant vector, got scalar");
}

function united({ left, right }: Of<"union">, at: number, select: Select): readonly Sample[] {
  const first = samplesOf(left, at, select);
  const known = new Set(first.map(({ labels }) => keyOf(unnamed(labels))));
  const others = samplesOf(right, at, select);
  return [...first, ...others.filter(({ labels }) => !known.has(keyOf(unnamed(labels))))];
}

/**
 * What an expression is at a time.
 *
 * @param at milliseconds since the epoch.
 * @throws QueryError for vectors that do not match.
 */
export function evaluate(expression: Expression, at: number, select: Select): Value {
  switch (expression.kind) {
    case "number":
      return expression.value;
    case "selector":
      return selected(expression, at, select);
    case "range":
      return ranged(expression, at, select);
    case "arithmetic":
      return calculated(expression, at, select);
    case "aggregation":
      return aggregated(expression.name, expression.grouping, samplesOf(expression.of, at, select));
    case "labelled":
      return samplesOf(expression.of, at, select).map(({ labels, value }) => ({
        labels: { ...labels, [expression.label]: expression.value },
        value,
      }));
    case "union":
      return united(expression, at, select);
  }
}
