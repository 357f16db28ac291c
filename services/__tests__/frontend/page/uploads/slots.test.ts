import assert from "node:assert/strict";
import { test } from "node:test";

import { Slots } from "../../../../frontend/page/uploads/slots.ts";

test("lets so many through at a time, in the order in which they came, also after one failed", async () => {
  const slots = new Slots(2);
  const begun: number[] = [];
  const ends: (() => void)[] = [];
  const tasks = [0, 1, 2, 3].map((number) =>
    slots.run(async () => {
      begun.push(number);
      await new Promise<void>((resolve) => ends.push(resolve));
      if (number === 0) throw new Error("broken");
    }),
  );
  const results = Promise.allSettled(tasks);
  const settle = () => new Promise((resolve) => setImmediate(resolve));

  assert.deepEqual(begun, [0, 1]);
  ends[0]?.();
  await settle();
  assert.deepEqual(begun, [0, 1, 2]);
  ends[1]?.();
  await settle();
  assert.deepEqual(begun, [0, 1, 2, 3]);
  ends[2]?.();
  ends[3]?.();
  assert.deepEqual(
    (await results).map(({ status }) => status),
    ["rejected", "fulfilled", "fulfilled", "fulfilled"],
  );
});
