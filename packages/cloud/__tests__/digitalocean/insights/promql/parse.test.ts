import { parseQuery } from "../../../../src/digitalocean/insights/promql/parse.ts";
import { QueryError } from "../../../../src/digitalocean/insights/promql/query-error.ts";

function refusal(query: string): QueryError {
  try {
    parseQuery(query);
  } catch (error) {
    if (error instanceof QueryError) return error;
    throw error;
  }
  throw new Error(`${query} was not refused`);
}

const named = (value: string) => ({ label: "__name__", operator: "=", value });

test.each([
  ["do.apps.app_cpu_usage"],
  ["do_apps_app_cpu_usage"],
  ['{__name__="do.apps.app_cpu_usage"}'],
  ['{"do.apps.app_cpu_usage"}'],
])("%s is the metric with underscores", (query) => {
  expect(parseQuery(query)).toEqual({
    kind: "selector",
    matchers: [named("do_apps_app_cpu_usage")],
  });
});

test("labels are compared in four ways, and texts have any quotes and escapes", () => {
  const query = String.raw`x{a="1", b!='it\'s "2"', c=~"a|\"b", d!~` + "`\\d+`}";

  expect(parseQuery(query)).toEqual({
    kind: "selector",
    matchers: [
      named("x"),
      { label: "a", operator: "=", value: "1" },
      { label: "b", operator: "!=", value: `it's "2"` },
      { label: "c", operator: "=~", value: 'a|"b' },
      { label: "d", operator: "!~", value: String.raw`\d+` },
    ],
  });
});

test("a dotted name in a text stays as it is", () => {
  expect(parseQuery('x{a="do.apps.b"}')).toMatchObject({
    matchers: [named("x"), { value: "do.apps.b" }],
  });
});

test.each([
  ["rate(x[5m])", { kind: "range", name: "rate", seconds: 300 }],
  ["avg_over_time(x[1h30m])", { kind: "range", name: "avg_over_time", seconds: 5400 }],
  ["sum(x)", { kind: "aggregation", name: "sum", grouping: { keeps: true, labels: [] } }],
  ["max by (a, b) (x)", { name: "max", grouping: { keeps: true, labels: ["a", "b"] } }],
  ["min(x) without (a)", { name: "min", grouping: { keeps: false, labels: ["a"] } }],
  ["x / on(a) y", { operator: "/", matching: { keeps: true, labels: ["a"] } }],
  ["x - ignoring(a) y", { operator: "-", matching: { keeps: false, labels: ["a"] } }],
  ["-x", { operator: "*", left: { kind: "number", value: -1 } }],
  ["(1.5e3)", { kind: "number", value: 1500 }],
])("%s is understood", (query, expected) => {
  expect(parseQuery(query)).toMatchObject(expected);
});

test("the order of operators is arithmetic's", () => {
  expect(parseQuery("1 + 2 * 3")).toMatchObject({ operator: "+", right: { operator: "*" } });
  expect(parseQuery("2 ^ 3 ^ 2")).toMatchObject({ operator: "^", right: { operator: "^" } });
});

test.each([
  ["histogram_quantile(0.9, x)", "histogram_quantile"],
  ["rate(x[5m] offset 1h)", "range vector"],
  ["x offset 5m", "offset"],
  ["x @ 12", "@ modifier"],
  ["x[5m]", "a range without a function"],
  ["max_over_time(rate(x[5m])[1h:])", "subqueries"],
  ["topk(3, x)", "topk"],
  ["stddev(x)", "stddev"],
  ["x > 3", "operator >"],
  ["x and y", "operator and"],
  ["x * on(a) group_left y", "group_left"],
])("%s is refused as bad data that names what is not played", (query, said) => {
  const { kind, message } = refusal(query);

  expect(kind).toBe("bad_data");
  expect(message).toContain(said);
});

test("only what the platform could answer counts as not played", () => {
  expect(refusal("x offset 5m").isNotPlayed).toBe(true);
  expect(refusal("x{").isNotPlayed).toBe(false);
});

test.each([
  ["rate(x[5m", "parse error"],
  ["sum(", "parse error"],
  ["", "parse error"],
  ["x{a=~'('}", "regexp"],
  ["{}", "non-empty matcher"],
  ['{a=~".*"}', "non-empty matcher"],
  ["rate(x)", "range vector"],
  ["sum by (app.component) (x)", "parse error"],
])("%s is refused as Prometheus refuses it", (query, said) => {
  expect(refusal(query)).toMatchObject({
    kind: "bad_data",
    message: expect.stringContaining(said),
  });
});
