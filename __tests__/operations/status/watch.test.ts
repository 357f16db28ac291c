import { setTimeout } from "node:timers/promises";

import { watch } from "../../../operations/status/watch.ts";

test("a watch looks and shows until it is interrupted, and returns what was shown last", async () => {
  const controller = new AbortController();
  const shown: string[] = [];
  let looks = 0;
  const seen = await watch({
    look: () => {
      looks += 1;
      if (looks === 4) controller.abort();
      return Promise.resolve(looks);
    },
    render: (look) => `look ${look}\n`,
    screen: { show: (text) => shown.push(text) },
    seconds: 0.001,
    longestPause: 60,
    interruption: controller.signal,
  });

  expect(seen).toBe(3);
  expect(shown).toEqual(["look 1\n", "look 2\n", "look 3\n"]);
});

test("an interruption ends the pause at once", async () => {
  const controller = new AbortController();
  const watching = watch({
    look: () => Promise.resolve("seen"),
    render: String,
    screen: {
      show: () =>
        setImmediate(() => {
          controller.abort();
        }),
    },
    seconds: 3600,
    longestPause: 3600,
    interruption: controller.signal,
  });
  const late = setTimeout(60_000, "it still pauses", { ref: false });

  expect(await Promise.race([watching, late])).toBe("seen");
});

test("a look that fails ends the watch", async () => {
  const watching = watch({
    look: () => Promise.reject(new Error("no token")),
    render: String,
    screen: { show: () => undefined },
    seconds: 1,
    longestPause: 60,
    interruption: new AbortController().signal,
  });

  await expect(watching).rejects.toThrow("no token");
});

test("who is shown something seldom is not shown what is old: it is looked at in between", async () => {
  const controller = new AbortController();
  const shown: number[] = [];
  let looks = 0;
  await watch({
    look: () => Promise.resolve((looks += 1)),
    render: String,
    screen: {
      show: (text) => {
        shown.push(Number(text));
        if (shown.length === 2) controller.abort();
      },
    },
    seconds: 0.003,
    longestPause: 0.001,
    interruption: controller.signal,
  });

  expect(shown).toEqual([1, 4]);
});
