import { jobSeconds } from "../../../../src/digitalocean/apps/programs/job-timeout.ts";

test.each([
  [undefined, 1800],
  ["90s", 90],
  ["1h30m", 5400],
  ["1m0.5s", 60.5],
  ["500ms", 0.5],
])("a timeout of %s is %d seconds", (timeout, seconds) => {
  expect(jobSeconds(timeout)).toBe(seconds);
});
