import { scaledBy } from "../../src/programs/scale.ts";

test("a grace of ten minutes takes one at the scale of ten", () => {
  expect(scaledBy(10)(600)).toBe(60_000);
});

test.each([0, -1, Number.NaN, Infinity])("%d is no scale", (scale) => {
  expect(() => scaledBy(scale)).toThrow("must be a positive number");
});
