import { ageOf } from "../../../operations/context/age.ts";

const now = new Date("2026-11-25T12:00:00Z");

test.each([
  ["2026-11-25T12:00:00Z", "0 seconds"],
  ["2026-11-25T11:59:59Z", "1 second"],
  ["2026-11-25T11:58:01Z", "1 minute"],
  ["2026-11-25T08:30:00Z", "3 hours"],
  ["2026-11-23T12:00:00Z", "2 days"],
  ["2026-11-25T12:00:30Z", "0 seconds"],
])("%s is %s ago", (then, expected) => {
  expect(ageOf(new Date(then), now)).toBe(expected);
});
