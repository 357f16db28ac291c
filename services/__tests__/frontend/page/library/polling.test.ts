import assert from "node:assert/strict";
import { test } from "node:test";

import { pollSeconds } from "../../../../frontend/page/library/polling.ts";

const watched = { isMoving: true, isVisible: true, failures: 0 };

test("asks soon while something moves, seldom when nothing does, and hardly while nobody looks", () => {
  assert.equal(pollSeconds(watched), 2.5);
  assert.equal(pollSeconds({ ...watched, isMoving: false }), 20);
  assert.equal(pollSeconds({ ...watched, isVisible: false }), 60);
});

test("asks less often with each failure, and at least once a minute", () => {
  const waits = [1, 2, 3, 9].map((failures) => pollSeconds({ ...watched, failures }));

  assert.deepEqual(waits, [5, 10, 20, 60]);
});
