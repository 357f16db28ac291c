import { restartPause } from "../../src/programs/back-off.ts";

test("a container that ends again and again waits twice as long each time, and five minutes at most", () => {
  const pauses = Array.from({ length: 7 }, (_, before) => restartPause(before));
  expect(pauses).toEqual([10, 20, 40, 80, 160, 300, 300]);
});
