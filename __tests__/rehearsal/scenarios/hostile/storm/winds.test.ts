import { faultSchema } from "@mam-infra/cloud/faults";

import {
  gustsOf,
  winds,
  windsFrom,
} from "../../../../../rehearsal/scenarios/hostile/storm/winds.ts";

test.each(winds)("$what comes at the same moments for the same seed, on each platform", (wind) => {
  const gusts = gustsOf(wind, "7");

  expect(gustsOf(wind, "7")).toEqual(gusts);
  expect(gustsOf(wind, "8")).not.toEqual(gusts);
  expect(new Set(gusts.map(({ platform }) => platform))).toEqual(new Set(wind.platforms));
  expect(gusts.every((fault) => faultSchema.safeParse(fault).success)).toBe(true);
});

test("storms are chosen by their kinds, and a misspelt list is refused", () => {
  expect(windsFrom({})).toEqual(winds);
  expect(windsFrom({ MAM_WINDS: "stale,slow" }).map(({ kind }) => kind)).toEqual(["slow", "stale"]);
  expect(() => windsFrom({ MAM_WINDS: "stael" })).toThrow("expected some of: rate-limited");
});
