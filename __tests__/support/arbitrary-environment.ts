import fc from "fast-check";
import { z } from "zod";

import { shapeOf, unwrap } from "../../environments/schema/partial.ts";
import { type EnvironmentInput, environmentSchema } from "../../environments/schema/environment.ts";

/** Any input that the schema accepts, whether or not the rules do. Free text is drawn from the fields' examples. */
export const arbitraryEnvironment = arbitraryOf(
  environmentSchema,
  "",
) as fc.Arbitrary<EnvironmentInput>;

function arbitraryOf(schema: z.core.$ZodType, path: string): fc.Arbitrary<unknown> {
  const value = arbitraryValue(schema, path);
  return isOptional(schema) ? fc.option(value, { nil: undefined }) : value;
}

function arbitraryValue(schema: z.core.$ZodType, path: string): fc.Arbitrary<unknown> {
  const examples = z.globalRegistry.get(schema)?.examples;
  if (Array.isArray(examples)) return fc.constantFrom(...(examples as unknown[]));
  const shape = shapeOf(schema);
  return shape ? arbitraryGroup(shape, path) : arbitraryLeaf(unwrap(schema), path);
}

function arbitraryGroup(shape: z.core.$ZodShape, path: string): fc.Arbitrary<unknown> {
  const fields = Object.entries(shape).map(
    ([key, field]) => [key, arbitraryOf(field, `${path}.${key}`)] as const,
  );
  return fc
    .record(Object.fromEntries(fields))
    .map((group) =>
      Object.fromEntries(Object.entries(group).filter(([, value]) => value !== undefined)),
    );
}

function arbitraryLeaf(schema: z.core.$ZodType, path: string): fc.Arbitrary<unknown> {
  if (schema instanceof z.ZodEnum) return fc.constantFrom(...schema.options);
  if (schema instanceof z.ZodLiteral) return fc.constant(schema.value);
  if (schema instanceof z.ZodBoolean) return fc.boolean();
  if (schema instanceof z.ZodDiscriminatedUnion) {
    return fc.oneof(...schema.options.map((option) => arbitraryOf(option, path)));
  }
  if (schema instanceof z.ZodNumber) {
    const [min, max] = [schema.minValue ?? 0, schema.maxValue ?? 1_000_000];
    // Limits of a JavaScript integer stand for "no limit of its own".
    const [least, most] = [Math.max(min, 0), Math.min(max, 1_000_000)];
    return schema.format === "safeint"
      ? fc.integer({ min: least, max: most })
      : fc.double({ min: least, max: most, noNaN: true });
  }
  throw new Error(`${path} has no examples to draw from`);
}

function isOptional(schema: z.core.$ZodType): boolean {
  return (
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault
  );
}
