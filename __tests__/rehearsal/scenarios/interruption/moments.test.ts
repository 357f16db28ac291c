import { momentOf, seedFrom } from "../../../../rehearsal/scenarios/interruption/moments.ts";

test("a seed gives the same moments again, and another seed others", () => {
  const moments = (seed: string) => Array.from({ length: 20 }, (_, index) => momentOf(seed, index));

  expect(moments("1")).toEqual(moments("1"));
  expect(moments("2")).not.toEqual(moments("1"));
  expect(new Set(moments("1")).size).toBe(20);
  expect(moments("1").every((moment) => moment >= 0 && moment < 1)).toBe(true);
});

test("the seed can be given, and is another each time without", () => {
  expect(seedFrom({ MAM_SEED: "42" })).toBe("42");
  expect(seedFrom({})).not.toBe(seedFrom({}));
});
