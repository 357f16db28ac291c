import assert from "node:assert/strict";
import { test } from "node:test";

import { OwnCounts, bucketsOf, sum } from "@mam-services/common/service-levels/counts";
import { percentile, stepOf, timeSteps } from "@mam-services/common/service-levels/times";
import {
  bucketsOfMessage,
  countsSchema,
  messageOf,
} from "@mam-services/common/service-levels/transport";

/** Some moment, in the middle of a bucket. */
const noon = 1_795_867_205;

test("a window is its last buckets, the one that is filled among them", () => {
  assert.deepEqual(bucketsOf(30, noon), [noon - 25, noon - 15, noon - 5]);
  assert.equal(bucketsOf(300, noon).length, 30);
  assert.equal(bucketsOf(31, noon).length, 4);
});

test("answers are counted within the window and forgotten after it", () => {
  const counts = new OwnCounts(60);
  counts.request(true, noon);
  counts.request(false, noon + 30);

  const inside = counts.total(noon + 30);
  const partly = counts.total(noon + 70);
  const after = counts.total(noon + 200);

  assert.deepEqual([inside.requests, inside.failures], [2, 1]);
  assert.deepEqual([partly.requests, partly.failures], [1, 0]);
  assert.deepEqual([after.requests, after.failures], [0, 0]);
});

test("what was counted is told once, also what is counted into the same ten seconds after it was told", () => {
  const counts = new OwnCounts(60);
  counts.request(false, noon);
  const first = counts.take();
  counts.request(true, noon + 1);
  const second = counts.take();

  assert.deepEqual(
    [first, second].map((told) => told.map(({ requests, failures }) => [requests, failures])),
    [[[1, 0]], [[1, 1]]],
  );
  assert.deepEqual(counts.take(), []);
  assert.equal(counts.total(noon + 1).requests, 2);
});

test("what could not be told is told the next time, with what came meanwhile, until it is too old", () => {
  const counts = new OwnCounts(60);
  counts.request(true, noon);
  const lost = counts.take();
  counts.request(false, noon + 1);
  counts.giveBack(lost);
  const told = counts.take();
  counts.giveBack(told);
  counts.request(false, noon + 120);

  assert.deepEqual([sum(told).requests, sum(told).failures], [2, 1]);
  assert.equal(sum(counts.take()).requests, 1);
});

for (const [what, times, expected] of [
  ["of equal times", Array.from({ length: 100 }, () => 700), 700],
  ["of evenly spread times", Array.from({ length: 1000 }, (_, index) => index + 1), 950],
  ["of one slow answer in ten", [...Array.from({ length: 9 }, () => 5), 4000], 4000],
  ["of one slow answer in a hundred", [...Array.from({ length: 99 }, () => 5), 4000], 5],
] as const)
  test(`95 of 100 ${what} are within what is answered, 9 % of it more or less`, () => {
    const steps = new Uint32Array(timeSteps);
    for (const time of times) steps[stepOf(time)]! += 1;

    const value = percentile(steps, 0.95) ?? 0;

    assert.ok(Math.abs(value - expected) <= Math.max(1, expected * 0.09), `${value}`);
  });

test("there is no percentile of nothing, and a time of any length has a step", () => {
  assert.equal(percentile(new Uint32Array(timeSteps), 0.95), undefined);
  for (const time of [0, 0.2, 1, 1000, 131_072, 1e9, Number.NaN])
    assert.ok(stepOf(time) >= 0 && stepOf(time) < timeSteps, String(time));
});

test("counts survive the way to the API, and what no service counts is refused there", () => {
  const counts = new OwnCounts(60);
  counts.request(true, noon);
  counts.time(stepOf(500), noon);
  const message: unknown = JSON.parse(JSON.stringify(messageOf(counts.take())));

  const [bucket] = bucketsOfMessage(countsSchema.parse(message));

  assert.equal(bucket?.failures, 1);
  assert.equal(bucket.times[stepOf(500)], 1);
  for (const wrong of [
    { at: noon - 5, requests: -1, failures: 0, times: [] },
    { at: noon - 4, requests: 1, failures: 0, times: [] },
    { at: noon - 5, requests: 1e12, failures: 0, times: [] },
    { at: noon - 5, requests: 1, failures: 0, times: [[timeSteps, 1]] },
    { at: noon - 5, requests: 1, failures: 0, times: [], user: "ada" },
  ])
    assert.equal(
      countsSchema.safeParse({ buckets: [wrong] }).success,
      false,
      JSON.stringify(wrong),
    );
});
