import type { MetricName } from "./metrics.ts";

/** A query, and the metrics that it asks for. */
export interface Query {
  readonly text: string;
  readonly metrics: readonly MetricName[];
}

/** How far back a function looks. Databases are measured every second minute, so five minutes hold two measurements. */
type Range = "4m" | "5m" | "10m";

/** A function of a range of measurements. */
type RangeFunction = "increase" | "rate" | "max_over_time";

/**
 * A metric of one resource. `resource_urn` is the only label that every metric was seen with; all others differ from metric
 * to metric.
 */
export function of(metric: MetricName, urn: string): Query {
  return { text: `${metric}{resource_urn="${urn}"}`, metrics: [metric] };
}

/** A function of what a metric of one resource was over a time. */
export function over(name: RangeFunction, metric: MetricName, urn: string, range: Range): Query {
  const { text, metrics } = of(metric, urn);
  return { text: `${name}(${text}[${range}])`, metrics };
}

/** The label by which the series of an app's components differ. */
export const componentLabel = "app_component";

/** The highest, or the sum, of the instances of each component. */
export function ofEachComponent(name: "max" | "sum", { text, metrics }: Query): Query {
  return { text: `${name} by (${componentLabel}) (${text})`, metrics };
}

/** The highest, or the sum, of everything: one line, however many nodes there are. */
export function ofAll(name: "max" | "sum", { text, metrics }: Query): Query {
  return { text: `${name}(${text})`, metrics };
}

/** How much of two parts is the first, in percent. */
export function percentOf(part: Query, rest: Query): Query {
  return {
    text: `100 * ${part.text} / (${part.text} + ${rest.text})`,
    metrics: [...part.metrics, ...rest.metrics],
  };
}

/** The label that tells the queries of {@link together} apart. */
export const lineLabel = "mam_line";

/**
 * Several queries as one, whose samples say by {@link lineLabel} to which of them they belong, as its number from 0 on. A
 * request for each line of a dashboard would be twenty.
 */
export function together(queries: readonly Query[]): Query {
  const named = queries.map(
    ({ text }, index) => `label_replace(${text}, "${lineLabel}", "${index}", "", "")`,
  );
  return { text: named.join(" or "), metrics: queries.flatMap(({ metrics }) => metrics) };
}
