import { RecordedMetrics } from "../../../../src/digitalocean/insights/metrics/recorded.ts";

test("a value holds from its time until the next one", () => {
  const recorded = new RecordedMetrics();
  recorded.record("cpu", "api", 10, 1);
  recorded.record("cpu", "api", 20, 2);

  expect([9, 10, 19, 20, 99].map((at) => recorded.valueAt("cpu", "api", at))).toEqual([
    undefined,
    1,
    1,
    2,
    2,
  ]);
  expect(recorded.knows("cpu", "api")).toBe(true);
  expect(recorded.knows("cpu", "web")).toBe(false);
});

test("a value that was measured too long ago is none", () => {
  const recorded = new RecordedMetrics(5);
  recorded.record("cpu", "api", 10, 1);

  expect([15, 16].map((at) => recorded.valueAt("cpu", "api", at))).toEqual([1, undefined]);
});

test("a mean is of the latest values, of fewer where there are no more", () => {
  const recorded = new RecordedMetrics();
  [1, 2, 3, 4].forEach((value, at) => {
    recorded.record("cpu", "api", at, value);
  });

  expect(recorded.meanOfLatest("cpu", "api", 2)).toBe(3.5);
  expect(recorded.meanOfLatest("cpu", "api", 99)).toBe(2.5);
  expect(recorded.meanOfLatest("cpu", "web", 2)).toBeUndefined();
});

test("no more is kept than a chart shows", () => {
  const recorded = new RecordedMetrics();
  for (let at = 0; at <= 7200; at += 1) recorded.record("cpu", "api", at, at);

  expect(recorded.valueAt("cpu", "api", 1000)).toBeUndefined();
  expect(recorded.valueAt("cpu", "api", 7200)).toBe(7200);
});
