import assert from "node:assert/strict";
import { test } from "node:test";

import { holds, median, medianRatio, percentile } from "../../bench/measures.ts";

test("the median is the middle of the sorted numbers, and the upper one of two", () => {
  assert.equal(median([9, 1, 5]), 5);
  assert.equal(median([4, 1, 3, 2]), 3);
  assert.throws(() => median([]), RangeError);
});

test("a percentile is the nearest rank: the smallest number that so many percent are not above", () => {
  const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);

  assert.equal(percentile(hundred, 95), 95);
  assert.equal(percentile(hundred, 94.1), 95);
  assert.equal(percentile(hundred, 100), 100);
  assert.equal(percentile([7, 3], 50), 3);
  assert.equal(percentile([7, 3], 51), 7);
});

test("a percentile of nothing, and a percentage that is none, are errors and not numbers", () => {
  for (const percent of [0, -1, 101, NaN])
    assert.throws(() => percentile([1], percent), /no percentage/);
  assert.throws(() => percentile([], 95), /nothing was measured/);
});

test("numbers are compared as numbers, not as texts", () => {
  assert.equal(median([10, 9, 100]), 10);
});

test("one pair that met a busy machine does not move the ratio", () => {
  const pairs = [
    { ours: 11, theirs: 10 },
    { ours: 50, theirs: 10 },
    { ours: 12, theirs: 10 },
  ];

  assert.equal(medianRatio(pairs), 1.2);
});

test("a limit holds at its edge, but for `less than`, and never for what is no number", () => {
  const held = (value: number, bound: "at least" | "at most" | "less than") =>
    holds({ name: "x", value, bound, limit: 2 });

  assert.deepEqual(
    [1.9, 2, 2.1].map((value) => held(value, "at least")),
    [false, true, true],
  );
  assert.deepEqual(
    [1.9, 2, 2.1].map((value) => held(value, "at most")),
    [true, true, false],
  );
  assert.deepEqual(
    [1.9, 2, 2.1].map((value) => held(value, "less than")),
    [true, false, false],
  );
  for (const bound of ["at least", "at most", "less than"] as const)
    assert.equal(held(NaN, bound), false);
});
