import { parseDuration } from "../../../operations/analysis/duration.ts";
import type { Analysis } from "../../../operations/analysis/signal.ts";
import { lookReporter, renderAnalysis, whyNotKept } from "../../../operations/analysis/text.ts";
import { reading, redSignal } from "./support/readings.ts";

const analysis: Analysis = {
  outcome: "kept",
  seconds: 600,
  red: [],
  before: [],
  unread: [],
  unasked: [],
  unmeasured: [],
};

test.each<[Analysis, string | undefined, RegExp]>([
  [analysis, undefined, /^watched for 10 minutes: every level held\n$/],
  [
    {
      ...analysis,
      outcome: "turned red",
      seconds: 95,
      red: [
        { name: "api error-rate", observed: 5.2, threshold: 1, unit: "percent" },
        { name: "api database", observed: 0, threshold: 1, unit: "reachable" },
        { name: "Insights cpu", observed: 97, threshold: null, unit: "" },
      ],
    },
    "the release ran, and turned red after 95 seconds: api error-rate: 5.2 %, at most 1 %; api database: it cannot be reached; Insights cpu: 97",
    /^watched for 95 seconds: a level turned red\n {2}red: api error-rate/,
  ],
  [
    { ...analysis, outcome: "not known", unread: ["api, at 3 of 3 looks: answers 502"] },
    "the release runs, and nobody knows whether it does well: api, at 3 of 3 looks: answers 502",
    /: not everything could be read[^\n]*\n {2}not read: api, at 3 of 3 looks: answers 502\n$/,
  ],
  [
    { ...analysis, outcome: "interrupted", before: ["edge first-byte"] },
    undefined,
    /: broken off; the release stays as it is\n {2}red before the release already, and not held against it: edge first-byte\n$/,
  ],
])("%j", (found, reason, text) => {
  expect(whyNotKept(found)).toBe(reason);
  expect(renderAnalysis(found)).toMatch(text);
});

test("a log gets a line a minute, and whoever watches one at each look", () => {
  const [told, shown]: [string[], string[]] = [[], []];
  const report = lookReporter(
    600,
    (line) => told.push(line),
    (line) => shown.push(line),
  );
  for (let passed = 0; passed <= 120; passed += 15) report(reading(), passed);
  report(reading({ signals: [redSignal], unread: { edge: "answers 502" } }), 190);

  expect(told).toEqual([
    "0:00 of 10:00: 1 of 1 hold",
    "1:00 of 10:00: 1 of 1 hold",
    "2:00 of 10:00: 1 of 1 hold",
    "3:10 of 10:00: api misses error-rate: 5.2 percent, at most 1; edge: answers 502; 0 of 1 hold",
  ]);
  expect(shown).toHaveLength(10);
});

test.each([
  ["30s", 30],
  ["10m", 600],
  ["30m", 1800],
])("%s is %i seconds", (typed, seconds) => {
  expect(parseDuration(typed)).toBe(seconds);
});

test.each(["10", "10 m", "29s", "31m", "1h", "-5m", ""])("%j is refused", (typed) => {
  expect(() => parseDuration(typed)).toThrow(/--analyse .*: expected a time from 30s to 30m/);
});
