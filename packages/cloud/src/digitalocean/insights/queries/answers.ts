import { type Call, ok } from "../../api/endpoint.ts";
import { prometheusError } from "../errors.ts";
import { allSeries, visiblePoints } from "../metrics/all-series.ts";
import type { Series } from "../metrics/series.ts";
import { evaluate, type Select } from "../promql/evaluate.ts";
import type { Matcher } from "../promql/expression.ts";
import { secondsOfDuration } from "../promql/literals.ts";
import { type Labels, matches } from "../promql/matchers.ts";
import { parseQuery } from "../promql/parse.ts";
import { QueryError, badQuery } from "../promql/query-error.ts";
import { keyOf } from "../promql/vectors.ts";
import { mustBeServed } from "../regions.ts";

/** Points that a query over a time may have of each series: Prometheus' own limit. */
const mostPoints = 11_000;

/** Parameters of all queries; which one has which, its endpoint says. */
interface Parameters {
  readonly query?: string;
  readonly time?: string;
  readonly start?: string;
  readonly end?: string;
  readonly step?: string;
  readonly "match[]"?: string | readonly string[];
}

/** A query as it arrived. */
export type Asked = Call<"/:region", Parameters, unknown>;

/** Does what a query asks. @throws its refusals in Prometheus' shape; what is not played is a finding, too. */
export function answering<Result>(
  { platform, params: { region }, store }: Asked,
  work: () => Result,
): Result {
  mustBeServed(store.insights, region);
  try {
    return work();
  } catch (error) {
    if (!(error instanceof QueryError)) throw error;
    if (error.isNotPlayed) platform.findings.push(`PromQL: ${error.message}`);
    throw prometheusError(error);
  }
}

/** A time: seconds of Unix time, or RFC 3339. Milliseconds since the epoch. */
function timeOf(name: string, text: string | undefined): number {
  const seconds = Number(text);
  const at = Number.isFinite(seconds) && text !== "" ? seconds * 1000 : Date.parse(text ?? "");
  if (!Number.isNaN(at) && text !== undefined) return at;
  throw badQuery(
    `invalid parameter "${name}": cannot parse ${JSON.stringify(text ?? "")} to a valid timestamp`,
  );
}

const isHere = (region: string) => (series: Series) => series.region === region;

function selecting({ platform, params: { region }, at }: Asked): Select {
  const here = allSeries(platform).filter(isHere(region));
  return (matchers: readonly Matcher[]) =>
    here
      .filter(({ labels }) => matches(labels, matchers))
      .map((series) => ({
        labels: series.labels,
        points: (window) => visiblePoints(series, window, at),
      }));
}

/** A number as Prometheus writes it. */
function written(value: number): string {
  if (Number.isFinite(value)) return String(value);
  if (Number.isNaN(value)) return "NaN";
  return value > 0 ? "+Inf" : "-Inf";
}

const queryText = (text: string | undefined): string => {
  if (text !== undefined && text !== "") return text;
  throw badQuery(
    'invalid parameter "query": unknown position: parse error: no expression found in input',
  );
};

/** An answer of Prometheus. */
export const success = (data: unknown) => ok({ status: "success", data });

/** What a query is at one time. @throws QueryError */
export function atOneTime(call: Asked) {
  const { query, at } = call;
  const time = query.time === undefined ? at.getTime() : timeOf("time", query.time);
  const value = evaluate(parseQuery(queryText(query.query)), time, selecting(call));
  const seconds = time / 1000;
  if (typeof value === "number") {
    return success({ resultType: "scalar", result: [seconds, written(value)] });
  }
  const result = value.map((one) => ({ metric: one.labels, value: [seconds, written(one.value)] }));
  return success({ resultType: "vector", result });
}

function timesOf(query: Asked["query"]): number[] {
  const [start, end] = [timeOf("start", query.start), timeOf("end", query.end)];
  const step = secondsOfDuration(query.step ?? "") * 1000;
  if (end < start)
    throw badQuery('invalid parameter "end": end timestamp must not be before start time');
  const count = Math.floor((end - start) / step) + 1;
  if (count > mostPoints) {
    throw badQuery(
      `exceeded maximum resolution of ${mostPoints} points per timeseries. Try decreasing the query resolution (?step=XX)`,
    );
  }
  return Array.from({ length: count }, (_, index) => start + index * step);
}

/** What a query is in every step of a time. @throws QueryError */
export function overTime(call: Asked) {
  const expression = parseQuery(queryText(call.query.query));
  const select = selecting(call);
  const series = new Map<string, { metric: Labels; values: [number, string][] }>();
  for (const time of timesOf(call.query)) {
    const value = evaluate(expression, time, select);
    const samples = typeof value === "number" ? [{ labels: {}, value }] : value;
    for (const one of samples) {
      const known = series.get(keyOf(one.labels)) ?? { metric: one.labels, values: [] };
      known.values.push([time / 1000, written(one.value)]);
      series.set(keyOf(one.labels), known);
    }
  }
  return success({ resultType: "matrix", result: [...series.values()] });
}

/** The labels of what was sent in a window and can be seen by now. @throws QueryError without a window. */
export function discovered(call: Asked): Labels[] {
  const {
    platform,
    params: { region },
    query,
    at,
  } = call;
  if (query.start === undefined || query.end === undefined) {
    throw new QueryError("execution", "discovery time limit exceeded: start and end are needed");
  }
  const window = { from: timeOf("start", query.start), to: timeOf("end", query.end) };
  const selectors = [query["match[]"] ?? []].flat().map((text) => selectorOf(text));
  return allSeries(platform)
    .filter(isHere(region))
    .filter(({ labels }) => selectors.length === 0 || selectors.some((all) => matches(labels, all)))
    .filter((series) => visiblePoints(series, window, at).length > 0)
    .map(({ labels }) => labels);
}

function selectorOf(text: string): readonly Matcher[] {
  const expression = parseQuery(text);
  if (expression.kind === "selector") return expression.matchers;
  throw badQuery(`invalid parameter "match[]": ${JSON.stringify(text)} is no selector`);
}
