import assert from "node:assert/strict";
import { test } from "node:test";

import { inPairs } from "../../bench/bench.ts";
import { paintFor, reportOf } from "../../bench/report.ts";

const outcome = {
  measures: [
    { name: "films", value: 0.954, bound: "at least", limit: 0.9 },
    { name: "memory", value: 70.4, bound: "less than", limit: 64, unit: " MiB more" },
  ] as const,
  details: ["films: 1 MB/s"],
  raw: {},
};

test("a report says of each number what it is, what it had to be, and whether it is that", () => {
  const report = reportOf("edge", outcome, paintFor(false, undefined));

  assert.equal(
    report,
    [
      "edge",
      "  ok   films  0.95 (at least 0.90)",
      "  FAIL memory 70 MiB more (less than 64 MiB more)",
      "       films: 1 MB/s",
      "",
    ].join("\n"),
  );
});

test("colours are for terminals alone, and NO_COLOR keeps them away", () => {
  const paints = (isTerminal: boolean, noColor?: string) =>
    paintFor(isTerminal, noColor)("red", "x") !== "x";

  assert.equal(paints(true), true);
  assert.equal(paints(true, ""), true);
  assert.equal(paints(true, "1"), false);
  assert.equal(paints(false), false);
});

test("both sides of a pair follow each other, in the other order each time", async () => {
  const order: string[] = [];
  const side = (name: string) => (pair: number) => {
    order.push(`${name}${pair}`);
    return Promise.resolve(name);
  };
  const pairs = await inPairs(3, side("a"), side("b"));

  assert.deepEqual(order, ["a0", "b0", "b1", "a1", "a2", "b2"]);
  assert.deepEqual(pairs[1], { ours: "a", theirs: "b" });
});
