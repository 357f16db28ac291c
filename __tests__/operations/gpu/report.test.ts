import { isRecent } from "../../../operations/gpu/report.ts";

const now = new Date("2026-11-29T12:00:00Z");
const ago = (seconds: number) => ({ at: new Date(now.getTime() - seconds * 1000).toISOString() });

test.each([
  [0, true],
  [60, true],
  [180, true],
  [181, false],
  [86_400, false],
])("a report of %i seconds ago: the worker runs: %s", (seconds, runs) => {
  expect(isRecent(ago(seconds), now)).toBe(runs);
});
