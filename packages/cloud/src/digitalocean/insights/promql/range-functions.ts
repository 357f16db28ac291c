import type { RangeFunction } from "./expression.ts";

/** A value at a time; milliseconds since the epoch. */
export interface Point {
  readonly at: number;
  readonly value: number;
}

/** The window that a function looks at: after `from`, until `to`; milliseconds since the epoch. */
export interface Window {
  readonly from: number;
  readonly to: number;
}

/** How much of an average step a series may miss at the window's edge before it is taken to have begun or ended there. */
const edge = 1.1;

/**
 * The growth of a counter within a window, extended to the window's edges as Prometheus does (`extrapolatedRate` in
 * promql/functions.go): a counter that became smaller was started again.
 */
function increase(points: readonly Point[], { from, to }: Window): number | undefined {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last || points.length < 2) return undefined;
  const grown = points.reduce((sum, { value }, index) => {
    const before = points[index - 1]?.value ?? value;
    return sum + (value < before ? value : value - before);
  }, 0);
  const sampled = last.at - first.at;
  const step = sampled / (points.length - 1);
  const reach = (distance: number) => (distance < step * edge ? distance : step / 2);
  const toZero = grown > 0 ? sampled * (first.value / grown) : Infinity;
  const before = Math.min(reach(first.at - from), toZero);
  return (grown * (sampled + before + reach(to - last.at))) / sampled;
}

const average = (points: readonly Point[]) =>
  points.reduce((sum, { value }) => sum + value, 0) / points.length;

/** NaN counts only where there is nothing else, as in Prometheus. */
const greatest = (points: readonly Point[]) =>
  points.reduce((most, { value }) => (value > most || Number.isNaN(most) ? value : most), NaN);

const functions: Readonly<
  Record<RangeFunction, (points: readonly Point[], window: Window) => number | undefined>
> = {
  avg_over_time: average,
  max_over_time: greatest,
  increase,
  rate: (points, window) => {
    const grown = increase(points, window);
    return grown === undefined ? undefined : grown / ((window.to - window.from) / 1000);
  },
};

/** What a function makes of a series' points in a window; undefined where it makes nothing of them. */
export function ofRange(
  name: RangeFunction,
  points: readonly Point[],
  window: Window,
): number | undefined {
  return points.length === 0 ? undefined : functions[name](points, window);
}
