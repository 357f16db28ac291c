import assert from "node:assert/strict";
import { test } from "node:test";

import { lastDue, pauseAfter, untilNext } from "../../backup/src/schedule.ts";

const at = (time: string) => new Date(`2026-11-29T${time}Z`);
const hour = 3_600_000;

test("a dump was due last at the hour of today, or of yesterday before it", () => {
  assert.equal(lastDue(1, at("01:00:00")).toISOString(), "2026-11-29T01:00:00.000Z");
  assert.equal(lastDue(1, at("00:59:59")).toISOString(), "2026-11-28T01:00:00.000Z");
  assert.equal(lastDue(0, at("00:00:00")).toISOString(), "2026-11-29T00:00:00.000Z");
});

test("the next dump is due a day after the last one was, whenever that one was made", () => {
  assert.equal(untilNext(1, at("03:00:00"), at("01:20:00")), 22 * hour);
  assert.equal(untilNext(1, at("01:00:00"), at("01:00:00")), 24 * hour);
});

test("a dump that was missed is made at once", () => {
  assert.equal(untilNext(1, at("03:00:00"), at("00:59:00")), 0);
  assert.equal(untilNext(1, at("03:00:00"), undefined), 0);
});

test("a dump made by hand after midnight does not stand for the one that is due", () => {
  assert.equal(untilNext(5, at("03:00:00"), at("02:00:00")), 2 * hour);
});

test("after failures it is tried again ever later, and at least once an hour", () => {
  assert.deepEqual(
    [1, 2, 3, 4, 9].map(pauseAfter),
    [600_000, 1_200_000, 2_400_000, 3_600_000, 3_600_000],
  );
});
