import { paceOf, platformNow } from "../../../operations/context/platform-time.ts";

test("the platforms have this machine's time", () => {
  const before = Date.now();
  const now = platformNow({}).getTime();

  expect(now).toBeGreaterThanOrEqual(before);
  expect(now).toBeLessThanOrEqual(Date.now());
  expect(paceOf({})).toBe(1);
});

test("a rehearsal has its own, which runs faster, and is looked at more often", () => {
  const clock = { began: Date.now() - 10_000, at: Date.parse("2030-01-01T00:00:00Z"), speed: 60 };
  const passed = () => (Date.now() - clock.began) * clock.speed;
  const least = passed();
  const now = platformNow({ clock }).getTime() - clock.at;

  expect(least).toBeGreaterThanOrEqual(600_000);
  expect(now).toBeGreaterThanOrEqual(least);
  expect(now).toBeLessThanOrEqual(passed());
  expect(paceOf({ clock })).toBe(1 / 12);
  expect(paceOf({ clock: { ...clock, speed: 2 } })).toBe(0.5);
});
