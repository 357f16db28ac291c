import type { Reading } from "../../../operations/analysis/signal.ts";
import { type Watch, wallClock, watchRelease } from "../../../operations/analysis/watch.ts";
import { virtualTime } from "./support/time.ts";
import { reading, redSignal, signal } from "./support/readings.ts";

/** Watches what is seen look by look; the last is seen again and again. */
async function watched(readings: readonly Reading[], changed: Partial<Watch> = {}) {
  const left = [...readings];
  const lines: Reading[] = [];
  const analysis = await watchRelease({
    look: () => Promise.resolve((left.length > 1 ? left.shift() : left[0])!),
    seconds: 60,
    before: reading(),
    deployment: "the release",
    interruption: new AbortController().signal,
    seen: (seen) => lines.push(seen),
    time: virtualTime(),
    ...changed,
  });
  return { ...analysis, looks: lines.length };
}

const red = reading({ signals: [redSignal] });
const silent = reading({ signals: [], unread: { api: "answers 502" } });

test("a release whose levels hold all the time is kept", async () => {
  const { outcome, seconds, looks, unread } = await watched([reading()]);

  expect([outcome, seconds, unread]).toEqual(["kept", 60, []]);
  expect(looks).toBe(21);
});

test("looks are no closer than the time needs, and no further apart than a quarter of a minute", async () => {
  expect((await watched([reading()], { seconds: 600 })).looks).toBe(41);
});

test("a level that two answers say is red ends it at once, with the value of the second", async () => {
  const later = reading({ signals: [{ ...redSignal, observed: 6 }] });
  const {
    outcome,
    seconds,
    red: found,
  } = await watched([reading(), red, later, reading()], {
    seconds: 6000,
  });

  expect(outcome).toBe("turned red");
  expect(found).toEqual([{ name: "api error-rate", observed: 6, threshold: 1, unit: "percent" }]);
  expect(seconds).toBeLessThan(6000);
});

test("a single answer may be of a moment", async () => {
  expect((await watched([red, reading()])).outcome).toBe("kept");
});

test("another level that is red in the second answer does not confirm the first", async () => {
  const other = reading({ signals: [signal(), { ...redSignal, name: "edge first-byte" }] });

  expect((await watched([red, other, reading()])).outcome).toBe("kept");
});

test("what was red before is not held against the release, and is said", async () => {
  const { outcome, before } = await watched([red], { before: red });

  expect([outcome, before]).toEqual(["kept", ["api error-rate"]]);
});

test("what was red before, was well and is red again is held against it", async () => {
  const { outcome } = await watched([red, reading(), red], { before: red });

  expect(outcome).toBe("turned red");
});

test("a rule that was firing before is well again once somebody who tells no longer tells of it", async () => {
  const rule = signal({ name: "Insights cpu", source: "Insights", red: true, observed: null });
  const firing = reading({ signals: [signal(), rule] });
  const unheard = reading({ unread: { Insights: "503" } });

  expect((await watched([firing, reading(), firing], { before: firing })).outcome).toBe(
    "turned red",
  );
  expect((await watched([firing, unheard, firing], { before: firing })).outcome).toBe("kept");
});

test("what cannot be read at the end is not kept, and says why", async () => {
  const { outcome, unread } = await watched([reading(), silent]);

  expect(outcome).toBe("not known");
  expect(unread).toEqual([expect.stringMatching(/^api, at \d+ of \d+ looks: answers 502$/)]);
});

test("what could not be read most of the time is not kept either, a moment's silence is", async () => {
  let look = 0;
  const seldom = { look: () => Promise.resolve((look += 1) % 20 === 0 ? reading() : silent) };
  const { outcome } = await watched([], { ...seldom, seconds: 20_000 });

  expect(outcome).toBe("not known");
  expect((await watched([silent, reading(), reading(), reading()])).outcome).toBe("kept");
});

test("a deployment of somebody else ends it, and nobody knows", async () => {
  const other = reading({ deployment: "another" });
  const { outcome, unread, seconds } = await watched([reading(), other], { seconds: 6000 });

  expect([outcome, unread]).toEqual([
    "not known",
    ["deployment another runs since, which is another one"],
  ]);
  expect(seconds).toBeLessThan(6000);
});

test("an interruption ends it in the middle of a pause", async () => {
  const controller = new AbortController();
  const seen = () => {
    controller.abort();
  };
  const { outcome, seconds } = await watched([reading()], {
    interruption: controller.signal,
    seen,
    seconds: 600,
    time: wallClock,
  });

  expect([outcome, seconds]).toEqual(["interrupted", 0]);
});

test("what nothing was measured of is said", async () => {
  const quiet = reading({ signals: [signal({ observed: null })], unasked: ["Insights is off"] });
  const { outcome, unmeasured, unasked } = await watched([quiet]);

  expect([outcome, unmeasured, unasked]).toEqual(["kept", ["api error-rate"], ["Insights is off"]]);
});
