import fc from "fast-check";
import { Encoder, ExtData } from "@msgpack/msgpack";
import { decodeValue, encodeValue, ShapeError } from "../../src/values/codec.ts";
import { Dynamic, Unknown, UNKNOWN } from "../../src/values/value.ts";
import { typedValues } from "../support/typed-values.ts";

test("every value of every type comes back as it was sent", () => {
  fc.assert(
    fc.property(typedValues, ({ type, value }) => {
      expect(decodeValue(encodeValue(value, type), type)).toEqual(value);
    }),
    { numRuns: 400 },
  );
});

test("a number beyond 2^53 keeps its last digit, and one beyond 64 bits travels as text", () => {
  expect(decodeValue(encodeValue(9007199254740993n, "number"), "number")).toBe(9007199254740993n);
  expect(encodeValue(2n ** 64n, "number").toString("utf8")).toContain("18446744073709551616");
});

test("a fraction travels as decimal text, because 1.1 in binary is another number", () => {
  expect(encodeValue(1.1, "number").toString("utf8")).toContain("1.1");
});

test("an unknown value and a refined unknown value are told apart", () => {
  const encoder = new Encoder();
  const refinement = encoder.encode({ 1: false, 2: "vpc-" });

  expect(decodeValue(encoder.encode(new ExtData(0, new Uint8Array(1))), "string")).toBe(UNKNOWN);
  expect(decodeValue(encoder.encode(new ExtData(12, refinement)), "string")).toEqual(
    new Unknown(refinement),
  );
});

test("an object is always written with every attribute of its type", () => {
  expect(
    decodeValue(encodeValue({}, ["object", { a: "string" }]), ["object", { a: "string" }]),
  ).toEqual({
    a: null,
  });
});

test("an attribute that the schema lacks is named, never dropped", () => {
  expect(() => encodeValue({ a: "x", surprise: 1 }, ["object", { a: "string" }])).toThrow(
    new ShapeError("an attribute that the schema lacks: surprise"),
  );
});

test.each([
  [1, "string"],
  ["1", "number"],
  ["true", "bool"],
  ["x", "dynamic"],
  ["x", ["list", "string"]],
  [["x"], ["map", "string"]],
  [[], ["object", {}]],
] as const)("%j is refused where the type is %j", (value, type) => {
  expect(() => encodeValue(value, type)).toThrow(ShapeError);
});

test("a dynamic value carries its own type", () => {
  const value = new Dynamic(["list", "number"], [1, 2]);

  expect(decodeValue(encodeValue(value, "dynamic"), "dynamic")).toEqual(value);
});
