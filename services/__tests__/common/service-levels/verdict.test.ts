import assert from "node:assert/strict";
import { test } from "node:test";

import { type Measure, judge, sinceOf } from "@mam-services/common/service-levels/verdict";

const now = new Date("2026-11-28T12:00:00.000Z");
const earlier = "2026-11-28T11:58:00.000Z";
const of = { count: 200, least: 50 };
const measure = (one: Partial<Measure>): Measure => ({
  name: "error-rate",
  value: 3,
  threshold: 1,
  unit: "percent",
  of,
  ...one,
});

const rows: readonly (readonly [what: string, one: Partial<Measure>, met: boolean])[] = [
  ["above its threshold", {}, false],
  ["just above it, though it looks the same when rounded", { value: 1.001 }, false],
  ["at its threshold", { value: 1 }, true],
  ["below it", { value: 0.5 }, true],
  ["not measured, for nobody asked", { value: undefined, of: { count: 0, least: 50 } }, true],
  ["above it, of one request less than is judged", { of: { count: 49, least: 50 } }, true],
  ["above it, of just as many as are judged", { of: { count: 50, least: 50 } }, false],
  ["above it, of one, where one is enough", { of: { count: 1, least: 1 } }, false],
  ["below the least that is allowed", { value: 0, isLeast: true }, false],
  ["the least that is allowed", { value: 1, isLeast: true }, true],
  ["above it, and switched off", { off: "nobody counts it" }, true],
];

for (const [what, one, met] of rows)
  test(`an objective is ${met ? "met" : "missed"} when its value is ${what}`, () => {
    const levels = judge(
      { service: "api", measures: [measure(one)], instances: "all", windowSeconds: 300 },
      {},
      now,
    );

    assert.equal(levels.objectives[0]?.met, met);
    assert.equal(levels.status, met ? "met" : "missed");
  });

test("what is missed says its value, its threshold and since when, and one of several is enough", () => {
  const measures = [measure({ value: 3.14159 }), measure({ name: "p95", value: 0 })];
  const about = { service: "edge", measures, instances: "all", windowSeconds: 300 } as const;

  assert.deepEqual(judge(about, { "error-rate": earlier }, now), {
    status: "missed",
    service: "edge",
    instances: "all",
    windowSeconds: 300,
    at: now.toISOString(),
    objectives: [
      {
        name: "error-rate",
        value: 3.14,
        threshold: 1,
        unit: "percent",
        count: 200,
        met: false,
        since: earlier,
      },
      { name: "p95", value: 0, threshold: 1, unit: "percent", count: 200, met: true },
    ],
  });
});

test("missed since now is missed since then at the next look, and forgotten once it is met", () => {
  const levels = (value: number, since: Readonly<Record<string, string>>, at: Date) =>
    judge(
      {
        service: "api",
        measures: [measure({ value })],
        instances: "all",
        windowSeconds: 300,
      },
      since,
      at,
    );
  const later = new Date(now.getTime() + 60_000);

  const first = sinceOf(levels(3, {}, now));
  const second = sinceOf(levels(5, first, later));
  const third = sinceOf(levels(0, second, later));

  assert.deepEqual(first, { "error-rate": now.toISOString() });
  assert.deepEqual(second, first);
  assert.deepEqual(third, {});
});
