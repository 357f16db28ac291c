import {
  type QueriedSeries,
  evaluate,
} from "../../../../src/digitalocean/insights/promql/evaluate.ts";
import { type Labels, matches } from "../../../../src/digitalocean/insights/promql/matchers.ts";
import { parseQuery } from "../../../../src/digitalocean/insights/promql/parse.ts";

const minute = 60_000;

/** A series with a point in every minute. */
const series = (labels: Labels, values: readonly number[]): QueriedSeries => ({
  labels,
  points: ({ from, to }) =>
    values
      .map((value, index) => ({ at: index * minute, value }))
      .filter(({ at }) => at > from && at <= to),
});

const all = [
  series({ __name__: "cpu", app: "a", host: "1" }, [1, 2, 3, 4, 5, 6]),
  series({ __name__: "cpu", app: "a", host: "2" }, [10, 20, 30, 40, 50, 60]),
  series({ __name__: "cpu", app: "b", host: "3" }, [7, 7, 7, 7, 7, 7]),
  series({ __name__: "limit", app: "a" }, [100, 100, 100, 100, 100, 100]),
  series({ __name__: "wanted", app: "a", host: "1" }, [2, 2, 2, 2, 2, 2]),
  series({ __name__: "holes", app: "a" }, [4, NaN, 8, NaN, 6, NaN]),
  series({ __name__: "total" }, [0, 60, 120, 30, 90, 150]),
];

function ask(query: string, at = 5 * minute) {
  const value = evaluate(parseQuery(query), at, (matchers) =>
    all.filter(({ labels }) => matches(labels, matchers)),
  );
  return typeof value === "number" ? value : value.map((one) => [one.labels, one.value]);
}

test("a selector has the latest value, with the metric's name", () => {
  expect(ask('cpu{host="1"}')).toEqual([[{ __name__: "cpu", app: "a", host: "1" }, 6]]);
});

test("a value stands for five minutes, and no longer", () => {
  expect(ask('cpu{host="1"}', 9 * minute)).toHaveLength(1);
  expect(ask('cpu{host="1"}', 10 * minute)).toEqual([]);
});

test("a regular expression has to match the whole value, and a missing label is empty", () => {
  expect(ask('cpu{host=~"1|2"}')).toHaveLength(2);
  expect(ask('cpu{app=~"aa?"}')).toHaveLength(2);
  expect(ask('cpu{host=~""}')).toEqual([]);
  expect(ask('limit{host=""}')).toHaveLength(1);
  expect(ask('cpu{host!~"1|2"}')).toHaveLength(1);
});

test.each([
  ["sum(cpu)", [[{}, 73]]],
  [
    "sum by (app) (cpu)",
    [
      [{ app: "a" }, 66],
      [{ app: "b" }, 7],
    ],
  ],
  [
    "avg by (app) (cpu)",
    [
      [{ app: "a" }, 33],
      [{ app: "b" }, 7],
    ],
  ],
  [
    "max without (host) (cpu)",
    [
      [{ app: "a" }, 60],
      [{ app: "b" }, 7],
    ],
  ],
  [
    "min by (app) (cpu)",
    [
      [{ app: "a" }, 6],
      [{ app: "b" }, 7],
    ],
  ],
  ["count(cpu)", [[{}, 3]]],
  ["sum(nothing)", []],
])("%s aggregates", (query, expected) => {
  expect(ask(query)).toEqual(expected);
});

test.each([
  ["1 + 2 * 3", 7],
  ["2 ^ 3 ^ 2", 512],
  ["7 % 4 - 1 / 2", 2.5],
])("%s is a number", (query, expected) => {
  expect(ask(query)).toBe(expected);
});

test("arithmetic with a number drops the metric's name, on either side", () => {
  expect(ask('cpu{host="1"} * 2')).toEqual([[{ app: "a", host: "1" }, 12]]);
  expect(ask('100 - cpu{host="1"}')).toEqual([[{ app: "a", host: "1" }, 94]]);
  expect(ask('-cpu{host="1"}')).toEqual([[{ app: "a", host: "1" }, -6]]);
});

test("vectors match by all labels but the name, and what has no partner is left out", () => {
  expect(ask("cpu / wanted")).toEqual([[{ app: "a", host: "1" }, 3]]);
});

test("vectors match by the labels that are named, or by all others", () => {
  expect(ask("sum by (app) (cpu) / on(app) limit")).toEqual([[{ app: "a" }, 0.66]]);
  expect(ask('cpu{host="1"} / ignoring(host) limit')).toEqual([[{ app: "a" }, 0.06]]);
});

test("several partners are refused", () => {
  expect(() => ask("cpu / on(app) limit")).toThrow("many-to-many");
});

test("NaN spoils a mean and a sum, and a maximum passes it by", () => {
  expect(ask("holes")).toEqual([[{ __name__: "holes", app: "a" }, NaN]]);
  expect(ask("avg_over_time(holes[5m])")).toEqual([[{ app: "a" }, NaN]]);
  expect(ask("max_over_time(holes[5m])")).toEqual([[{ app: "a" }, 8]]);
  expect(ask("max(holes)")).toEqual([[{}, NaN]]);
});

test("functions of a range see what came after its beginning", () => {
  expect(ask('avg_over_time(cpu{host="1"}[3m])')).toEqual([[{ app: "a", host: "1" }, 5]]);
  expect(ask('max_over_time(cpu{host="2"}[2m])')).toEqual([[{ app: "a", host: "2" }, 60]]);
});

test("a rate goes on over a restart of its counter", () => {
  // 30 after the restart and 60 twice make 150 in three of the window's four minutes.
  expect(ask("increase(total[4m])")).toEqual([[{}, expect.closeTo(200)]]);
  expect(ask("rate(total[2m])")).toEqual([[{}, expect.closeTo(1)]]);
  expect(ask("rate(total[1m])")).toEqual([]);
});

test("several expressions are one query, each sample with the label that tells it apart", () => {
  const query =
    'label_replace(sum(cpu), "line", "1", "", "") or label_replace(sum(cpu), "line", "2", "", "")';

  expect(ask(query)).toEqual([
    [{ line: "1" }, 73],
    [{ line: "2" }, 73],
  ]);
});

test("of samples with the same labels the left one is kept", () => {
  expect(ask("sum(limit) or sum(cpu)")).toEqual([[{}, 100]]);
  expect(ask('wanted or cpu{host=~"1|3"}')).toEqual([
    [{ __name__: "wanted", app: "a", host: "1" }, 2],
    [{ __name__: "cpu", app: "b", host: "3" }, 7],
  ]);
});

test.each([
  ['label_replace(cpu, "a", "$1", "app", "(.*)")', /label_replace of a part of another label/],
  ['label_replace(cpu, "a", "1")', /a vector and 4 texts/],
  ["1 or cpu", /instant vector/],
])("%s is refused", (query, reason) => {
  expect(() => ask(query)).toThrow(reason);
});
