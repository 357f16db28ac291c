import assert from "node:assert/strict";
import { test } from "node:test";

import { Speed } from "../../../../frontend/page/uploads/speed.ts";

test("says nothing before a second has passed", () => {
  const speed = new Speed();

  assert.equal(speed.note(0, 100), undefined);
  assert.equal(speed.note(500, 100.5), undefined);
  assert.equal(speed.note(1000, 101), 1000);
});

test("forgets what was more than twelve seconds ago", () => {
  const speed = new Speed();
  for (let second = 0; second <= 20; second++) speed.note(second * 1000, second);

  for (let second = 21; second <= 32; second++) speed.note(20_000 + (second - 20) * 50, second);

  assert.equal(speed.note(20_000 + 13 * 50, 33), 50);
});

test("is never negative: a part that broke off takes its bytes back", () => {
  const speed = new Speed();
  speed.note(5000, 0);

  assert.equal(speed.note(1000, 2), 0);
});
