import { BoardReader } from "../../../operations/dashboard-page/read/board-reader.ts";
import { statusPlan } from "../../../operations/platform/sparing/reading-plan.ts";
import { spared } from "../../../operations/platform/sparing/spared.ts";
import { partTimes } from "../../../operations/status/ages.ts";
import { readStatus } from "../../../operations/status/status.ts";
import { type TestPlatform, openDeployedPlatform } from "../../support/platform.ts";

let platform: TestPlatform;

beforeAll(async () => {
  platform = await openDeployedPlatform();
  await platform.cloud.clock.sleep(3600);
});

afterAll(() => platform.end());

/** Requests that DigitalOcean has answered. */
const answered = () =>
  platform.cloud.requestLog.entries().filter((one) => one.platform === "digitalocean").length;

/** Most of some counts in any row of so many. */
const mostInARow = (counts: readonly number[], length: number) =>
  Math.max(
    ...counts.map((_, from) =>
      counts.slice(from, from + length).reduce((sum, count) => sum + count, 0),
    ),
  );

/** Minutes that are watched: longer than the checks from outside need to come round. */
const minutes = 7;
/** Seconds of a step: the page looks in each, and the status in every sixth. */
const step = 5;

/** Watches by a clock that the test sets. Counts are by step, after the first look. */
async function watched() {
  let seconds = 0;
  const now = () => seconds * 1000;
  const board = new BoardReader(platform.session(), { now });
  const status = spared(platform.session(), statusPlan, { now });
  const counts: number[] = [];
  for (; seconds < minutes * 60; seconds += step) {
    const before = answered();
    // Two browsers look at the page, and a terminal at the status.
    await Promise.all([board.refresh(), board.refresh()]);
    if (seconds % (6 * step) === 0) await readStatus(status.session, new Date());
    counts.push(answered() - before);
  }
  return { first: counts[0]!, counts: counts.slice(1), board, status };
}

test("two browsers and a status that is watched ask DigitalOcean ten times in a minute at most", async () => {
  const { first, counts, board, status } = await watched();
  const most = mostInARow(counts, 60 / step);
  const average = counts.reduce((sum, count) => sum + count, 0) / minutes;
  console.info(
    `first look ${first}, then at most ${most} a minute, on average ${average.toFixed(1)}`,
  );

  expect(most).toBeLessThanOrEqual(10);
  // A count that stands still has counted nothing.
  expect(average).toBeGreaterThan(4);
  expect(first).toBeLessThan(60);
  expect(board.board.problems).toEqual([]);
  expect(Object.values(board.board.sections).map(({ state }) => state)).toEqual(
    Array.from({ length: 10 }, () => "known"),
  );
  expect(partTimes(status).data).toBeDefined();
}, 60_000);

test("nobody looks, and nothing is asked", async () => {
  const board = new BoardReader(platform.session());
  const before = answered();
  expect(board.board.sections.running).toEqual({ state: "reading" });
  expect(board.charts).toEqual({ state: "reading" });
  await platform.cloud.clock.sleep(600);

  expect(answered()).toBe(before);
});
