import assert from "node:assert/strict";
import { test } from "node:test";

import {
  durationWords,
  leftWords,
  sizeWords,
  titleOf,
} from "../../../../frontend/page/shell/words.ts";

test("writes sizes as people do", () => {
  assert.deepEqual([0, 999, 1000, 60_000_000, 234_567_890, 5e12].map(sizeWords), [
    "0 bytes",
    "999 bytes",
    "1.0 kB",
    "60.0 MB",
    "235 MB",
    "5.0 TB",
  ]);
});

test("writes lengths as players do", () => {
  assert.deepEqual([0, 6.6, 754, 3723].map(durationWords), ["0:00", "0:07", "12:34", "1:02:03"]);
});

test("says no more about the time that is left than can be known", () => {
  assert.deepEqual([0.2, 59, 61, 7500].map(leftWords), ["1 s", "59 s", "2 min", "2 h 5 min"]);
});

test("takes the kind off a file's name, and nothing else", () => {
  assert.equal(titleOf("Interview v1.2.final.mov"), "Interview v1.2.final");
  assert.equal(titleOf("no kind"), "no kind");
});
