import { z } from "zod";

/** What the configuration reference says about a field, beside its type and default. */
export interface FieldDocumentation {
  /** What the field decides and what goes wrong with a bad value. */
  readonly meaning: string;
  /** Unit of the value: "seconds", "GiB", "slug", "none" … */
  readonly unit: string;
  /** Values that the reference shows; also what the property-based tests draw from for free text. */
  readonly examples?: readonly unknown[];
}

/**
 * Attaches the documentation to a field's schema. The configuration reference is generated from it, and a test fails
 * for a field that has none: a number without its unit is how a minute becomes an hour.
 */
export function field<T extends z.ZodType>(schema: T, documentation: FieldDocumentation): T {
  const { meaning, unit, examples } = documentation;
  return schema.meta({ description: meaning, unit, ...(examples ? { examples } : {}) });
}

/** A group of fields: unknown names are refused, because a misspelt field would silently leave the default in force. */
export function group<Shape extends z.core.$ZodLooseShape>(meaning: string, shape: Shape) {
  return field(z.strictObject(shape).readonly(), { meaning, unit: "group" });
}

/** A group that may be left out altogether: every field of it then has its default. */
export function defaultedGroup<Shape extends z.core.$ZodLooseShape>(meaning: string, shape: Shape) {
  const schema = group(meaning, shape);
  return field(schema.prefault({} as z.input<typeof schema>), { meaning, unit: "group" });
}

/** A whole number in a unit, with its inclusive limits. */
export const wholeNumber = (minimum: number, maximum: number) =>
  z.number().int().min(minimum).max(maximum);

/** The sentence that a weakened safe default has to carry: it is shown in findings, plans and the runbook. */
export function reason(weakening: string) {
  return field(z.string().min(20).optional(), {
    meaning: `Why ${weakening}. Required in that case; at least 20 characters, written for the person on call.`,
    unit: "sentence",
    examples: ["Accepted until the load test of the coming quarter is evaluated."],
  });
}
