import { startClock } from "../src/clock.ts";

test("virtual time runs at its speed from its start", async () => {
  const start = new Date("2026-12-01T00:00:00Z");
  const clock = startClock({ speed: 60_000, start });

  await clock.sleep(1200);

  const passed = (clock.now().getTime() - start.getTime()) / 1000;
  expect(passed).toBeGreaterThanOrEqual(1200);
  expect(passed).toBeLessThan(60_000);
});

test("a wait of no time does not wait", async () => {
  await expect(startClock().sleep(-5)).resolves.toBeUndefined();
});

test.each([0, -1, Number.NaN, Infinity])("a speed of %p is refused", (speed) => {
  expect(() => startClock({ speed })).toThrow(/must be a positive number/);
});
