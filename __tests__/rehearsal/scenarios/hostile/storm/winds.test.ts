import { faultSchema } from "@mam-infra/cloud/faults";

import { gustsOf, winds } from "../../../../../rehearsal/scenarios/hostile/storm/winds.ts";

test.each(winds)("$what comes at the same moments for the same seed, on each platform", (wind) => {
  const gusts = gustsOf(wind, "7");

  expect(gustsOf(wind, "7")).toEqual(gusts);
  expect(gustsOf(wind, "8")).not.toEqual(gusts);
  expect(new Set(gusts.map(({ platform }) => platform))).toEqual(new Set(wind.platforms));
  expect(gusts.every((fault) => faultSchema.safeParse(fault).success)).toBe(true);
});
