import { chartsOf } from "../../../../operations/dashboard-page/read/chart-lines.ts";
import { of } from "../../../../monitoring/promql.ts";

const query = of("do.apps.app_cpu_utilization", "do:app:1");
const panel = (key: string, legend: string) => ({
  key,
  title: key,
  description: "what it shows",
  unit: "percent" as const,
  queries: [{ query, legend }],
  thresholds: [],
});
const groups = [
  { title: "one", panels: [panel("a", "{{app_component}} wanted")] },
  { title: "two", panels: [panel("b", "highest")] },
];
const series = (
  line: string,
  values: readonly (readonly [number, number])[],
  component = "api",
) => ({
  labels: { mam_line: line, app_component: component },
  values,
});

test("series stand in the chart of their query, by name, over the same times", () => {
  const all = [
    series("1", [[60, 1]]),
    series("0", [[120, 2]], "worker"),
    series("0", [[180, 3.14159]], "api"),
  ];
  const { times, groups: shown, region } = chartsOf(groups, "nyc1", all, 60);

  expect([times, region]).toEqual([[60, 120, 180], "nyc1"]);
  expect(shown.flatMap(({ panels }) => panels.map(({ lines }) => lines))).toEqual([
    [
      { name: "api wanted", values: [null, null, 3.142] },
      { name: "worker wanted", values: [null, 2, null] },
    ],
    [{ name: "highest", values: [1, null, null] }],
  ]);
});

test("what is no number is a gap", () => {
  const { groups: shown } = chartsOf(
    groups,
    "nyc1",
    [
      series("0", [
        [60, NaN],
        [120, Infinity],
      ]),
    ],
    60,
  );

  expect(shown[0]!.panels[0]!.lines[0]!.values).toEqual([null, null]);
});

test("charts without any data are there, and empty", () => {
  const { times, groups: shown } = chartsOf(groups, "nyc1", [], 60);

  expect(times).toEqual([]);
  expect(shown.map(({ panels }) => panels[0]!.lines)).toEqual([[], []]);
});
