import assert from "node:assert/strict";
import { test } from "node:test";

import { waitSeconds } from "../../../../frontend/page/uploads/waits.ts";

test("waits twice as long each time, and half a minute at most", () => {
  const waits = [1, 2, 3, 4, 5, 6, 20].map((failures) => waitSeconds(failures, 0));

  assert.deepEqual(waits, [1, 2, 4, 8, 16, 30, 30]);
});

test("spreads pages that lost a service at one moment over a fifth of the wait", () => {
  assert.equal(waitSeconds(6, 1), 24);
});
