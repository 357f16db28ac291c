import {
  crossed,
  latestOf,
  topOf,
  valueText,
} from "../../../../operations/dashboard-page/browser/charts/numbers.ts";

const chart = (values: readonly (number | null)[], thresholds: readonly number[] = []) => ({
  key: "cpu",
  title: "CPU",
  description: "how much",
  unit: "load" as const,
  thresholds: thresholds.map((value) => ({
    value,
    name: `alert: above ${value}`,
    severity: "warning" as const,
  })),
  lines: [{ name: "api", values }],
});

test.each([
  [12.345, "percent", "12.3 %"],
  [0.1234, "seconds", "0.12 s"],
  [1234.5, "count", "1235"],
  [4, "requests/s", "4/s"],
  [null, "percent", "–"],
] as const)("%s of %s is written %s", (value, unit, text) => {
  expect(valueText(value, unit)).toBe(text);
});

test("the latest value is the last that was measured", () => {
  expect(latestOf({ name: "api", values: [1, 2, null] })).toBe(2);
  expect(latestOf({ name: "api", values: [null] })).toBeNull();
});

test("the highest alert whose line the latest value is over is told, and none before it", () => {
  expect(crossed(chart([95, 70], [80, 90]))).toBeUndefined();
  expect(crossed(chart([1, 85], [80, 90]))?.value).toBe(80);
  expect(crossed(chart([1, 95, null], [80, 90]))?.value).toBe(90);
  expect(crossed(chart([], [80]))).toBeUndefined();
});

test("every value and every alert is below the top of the scale", () => {
  expect(topOf(chart([2, 8], [3]))).toBeGreaterThan(8);
  expect(topOf(chart([2], [30]))).toBeGreaterThan(30);
  expect(topOf(chart([0]))).toBe(1);
  expect(topOf({ ...chart([2]), unit: "percent" })).toBe(100);
});
