import fc from "fast-check";
import { equalValues } from "../../src/values/equality.ts";
import { decodeValue, encodeValue } from "../../src/values/codec.ts";
import { UNKNOWN } from "../../src/values/value.ts";
import { types, valuesOf } from "../support/typed-values.ts";

const known = types.chain((type) =>
  valuesOf(type, { nulls: true, unknowns: false }).map((value) => ({ type, value })),
);

test("a known value equals its own round trip", () => {
  fc.assert(
    fc.property(known, ({ type, value }) => {
      expect(equalValues(value, decodeValue(encodeValue(value, type), type), type)).toBe(true);
    }),
  );
});

test("the order of a set means nothing, how often an element stands in it does", () => {
  expect(equalValues(["a", "b"], ["b", "a"], ["set", "string"])).toBe(true);
  expect(equalValues(["a", "b"], ["b", "a"], ["list", "string"])).toBe(false);
  expect(equalValues(["a", "a", "b"], ["a", "b", "b"], ["set", "string"])).toBe(false);
});

test("null equals only null", () => {
  expect(equalValues(null, null, "string")).toBe(true);
  expect(equalValues(null, "", "string")).toBe(false);
  expect(equalValues([], null, ["list", "string"])).toBe(false);
});

test("an unknown value equals nothing, not even itself", () => {
  expect(equalValues(UNKNOWN, UNKNOWN, "string")).toBe(false);
  expect(equalValues({ a: UNKNOWN }, { a: UNKNOWN }, ["map", "string"])).toBe(false);
});

test("maps with other keys differ", () => {
  expect(equalValues({ a: null }, { b: null }, ["map", "string"])).toBe(false);
});
