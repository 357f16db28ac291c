import { paceOf, platformNow } from "../../../operations/context/platform-time.ts";

test("the platforms have this machine's time", () => {
  expect(Math.abs(platformNow({}).getTime() - Date.now())).toBeLessThan(1000);
  expect(paceOf({})).toBe(1);
});

test("a rehearsal has its own, which runs faster, and is looked at more often", () => {
  const clock = { began: Date.now() - 10_000, at: Date.parse("2030-01-01T00:00:00Z"), speed: 60 };

  expect(platformNow({ clock }).toISOString()).toMatch(/^2030-01-01T00:10:0/);
  expect(paceOf({ clock })).toBe(1 / 12);
  expect(paceOf({ clock: { ...clock, speed: 2 } })).toBe(0.5);
});
