import fc from "fast-check";
import { Encoder, ExtData } from "@msgpack/msgpack";
import { decodeValue, encodeValue } from "../../src/values/codec.ts";
import { ShapeError } from "../../src/values/shape-error.ts";
import type { CtyType } from "../../src/values/type.ts";
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
    new ShapeError("the schema has no such attribute", ["surprise"]),
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

/** A resource as the app is: a block in a block, with a map, a tuple and a dynamic value inside. */
const resource: CtyType = [
  "object",
  {
    spec: [
      "list",
      [
        "object",
        {
          service: ["set", ["object", { env: ["map", "string"], ports: ["tuple", ["number"]] }]],
          any: "dynamic",
        },
      ],
    ],
  },
];
const inService = (service: object) => ({ spec: [{ service: [{}, service], any: null }] }) as never;

const misshapen = [
  ["an attribute", { spec: "one" }, "spec: expected list, found string"],
  ["a block", { spec: [null, 7] }, "spec[1]: expected object, found number"],
  [
    "a key of a map",
    inService({ env: { "API.URL": 1 } }),
    'spec[0].service[1].env["API.URL"]: expected string, found number',
  ],
  [
    "an element of a tuple",
    inService({ ports: ["http"] }),
    "spec[0].service[1].ports[0]: expected number, found string",
  ],
  [
    "an element too many",
    inService({ ports: [80, 443] }),
    "spec[0].service[1].ports[1]: the tuple has no element 1",
  ],
] as const;

test.each(misshapen)("%s that cannot be written is named by its path", (_, value, message) => {
  expect(() => encodeValue(value, resource)).toThrow(message);
});

test.each(misshapen)("%s that cannot be read is named by its path", (_, value, message) => {
  const bytes = new Encoder().encode(value);

  expect(() => decodeValue(bytes, resource)).toThrow(message);
});

test("a dynamic value is named by its path, its type and what it holds", () => {
  const bytes = (type: string, held: unknown) =>
    new Encoder().encode({ spec: [{ any: [new TextEncoder().encode(type), held] }] });

  expect(() => decodeValue(bytes('["list","bool"]', [true, "no"]), resource)).toThrow(
    "spec[0].any[1]: expected bool, found string",
  );
  for (const type of ['"nothing"', "{"]) {
    expect(() => decodeValue(bytes(type, 1), resource)).toThrow(
      `spec[0].any: expected the type of a dynamic value, found ${type}`,
    );
  }
  expect(() =>
    encodeValue({ spec: [{ any: new Dynamic(["list", "bool"], [true, "no"]) }] }, resource),
  ).toThrow("spec[0].any[1]: expected bool, found string");
});

test("an attribute that a block's schema lacks is named by its path", () => {
  expect(() => encodeValue(inService({ port: 80 }), resource)).toThrow(
    "spec[0].service[1].port: the schema has no such attribute",
  );
});

test("nothing of a value stands in an error, because it may be a secret", () => {
  const encode = () => encodeValue({ spec: "hunter2" }, resource);

  expect(encode).toThrow("spec: ");
  expect(encode).not.toThrow("hunter2");
});
