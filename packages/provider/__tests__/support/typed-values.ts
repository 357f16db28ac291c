import fc from "fast-check";
import { parseNumber } from "../../src/values/number.ts";
import type { CtyType } from "../../src/values/type.ts";
import { Dynamic, Unknown, UNKNOWN, type Value } from "../../src/values/value.ts";

/** A type and a value that fits it. */
export interface TypedValue {
  readonly type: CtyType;
  readonly value: Value;
}

/** How freely values are generated. */
export interface Freedom {
  readonly nulls: boolean;
  readonly unknowns: boolean;
}

const name = fc.stringMatching(/^[a-z][a-z0-9_]{0,5}$/);

/** Texts in every script, without what Terraform would take for an expression. */
const texts = fc.string({ unit: "grapheme" }).map((text) => text.replaceAll(/[$%]\{/g, "{"));

/** Numbers around the places where JavaScript, 64 bits and floating point give up. */
export const numbers: fc.Arbitrary<Value> = fc.oneof(
  fc.integer(),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map((n) => parseNumber(String(n))),
  fc.bigInt({ min: -(2n ** 90n), max: 2n ** 90n }).map((n) => parseNumber(String(n))),
  fc.stringMatching(/^-?(0|[1-9][0-9]{0,5})\.[0-9]{0,25}[1-9]$/).map(parseNumber),
);

/** Every type, nested up to three levels. */
export const types: fc.Arbitrary<CtyType> = fc.letrec<{ type: CtyType }>((tie) => ({
  type: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.constantFrom<CtyType>("string", "number", "bool"),
    fc.constant<CtyType>("dynamic"),
    fc.tuple(fc.constantFrom("list", "set", "map"), tie("type")).map(([kind, held]): CtyType => {
      if (kind === "list") return ["list", held];
      return kind === "set" ? ["set", held] : ["map", held];
    }),
    fc.array(tie("type"), { maxLength: 3 }).map((held): CtyType => ["tuple", held]),
    fc.dictionary(name, tie("type"), { maxKeys: 3 }).map((held): CtyType => ["object", held]),
  ),
})).type;

function primitives(type: CtyType): fc.Arbitrary<Value> {
  if (type === "string") return texts;
  return type === "bool" ? fc.boolean() : numbers;
}

function known(type: CtyType, freedom: Freedom): fc.Arbitrary<Value> {
  if (type === "dynamic") {
    return fc
      .constantFrom<CtyType>("string", ["list", "number"], ["object", { a: "bool" }])
      .chain((held) => known(held, freedom).map((value) => new Dynamic(held, value)));
  }
  if (typeof type === "string") return primitives(type);
  if (type[0] === "object") {
    return fc.record(
      Object.fromEntries(
        Object.entries(type[1]).map(([key, held]) => [key, valuesOf(held, freedom)]),
      ),
    );
  }
  if (type[0] === "tuple") return fc.tuple(...type[1].map((held) => valuesOf(held, freedom)));
  const held = valuesOf(type[1], freedom);
  return type[0] === "map"
    ? fc.dictionary(name, held, { maxKeys: 3 })
    : fc.array(held, { maxLength: 3 });
}

/** Values of a type. */
export function valuesOf(type: CtyType, freedom: Freedom): fc.Arbitrary<Value> {
  const choices = [{ weight: 8, arbitrary: known(type, freedom) }];
  if (freedom.nulls) choices.push({ weight: 1, arbitrary: fc.constant(null) });
  if (freedom.unknowns) {
    choices.push({ weight: 1, arbitrary: fc.constant(UNKNOWN) });
    choices.push({
      weight: 1,
      arbitrary: fc.uint8Array({ minLength: 1, maxLength: 9 }).map((bytes) => new Unknown(bytes)),
    });
  }
  return fc.oneof(...choices);
}

/** A type and a value of it. */
export const typedValues: fc.Arbitrary<TypedValue> = types.chain((type) =>
  valuesOf(type, { nulls: true, unknowns: true }).map((value) => ({ type, value })),
);
