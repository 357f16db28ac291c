import { ofRange } from "../../../../src/digitalocean/insights/promql/range-functions.ts";

const minute = 60_000;
const points = (...values: readonly [minutes: number, value: number][]) =>
  values.map(([at, value]) => ({ at: at * minute, value }));
const window = { from: 0, to: 10 * minute };

test("growth between the points is extended to the window's edges where they are near", () => {
  const all = points([1, 100], [5, 140], [9, 180]);
  expect(ofRange("increase", all, window)).toBeCloseTo(100);
});

test("where a series began or ended within the window, half a step is added", () => {
  const all = points([5, 1000], [6, 1010], [7, 1020]);
  expect(ofRange("increase", all, window)).toBeCloseTo(30);
});

test("a counter is not taken to have been below zero", () => {
  const all = points([1, 0], [2, 10], [3, 20]);
  expect(ofRange("increase", all, { from: 0, to: 3 * minute })).toBeCloseTo(20);
});

test("a rate is in seconds", () => {
  const all = points([0.5, 0], [5, 270], [9.5, 540]);
  expect(ofRange("rate", all, window)).toBeCloseTo(0.95);
});

test("nothing comes of no points, and no growth of one", () => {
  expect(ofRange("avg_over_time", [], window)).toBeUndefined();
  expect(ofRange("increase", points([1, 1]), window)).toBeUndefined();
});
