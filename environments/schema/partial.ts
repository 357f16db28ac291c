import { z } from "zod";

/** Thrown when something reads a field whose own value is invalid. */
export class UnreadableField extends Error {
  constructor(field: string) {
    super(`${field} is invalid and cannot be read`);
    this.name = "UnreadableField";
  }
}

/**
 * Parses what can be parsed: valid fields with their defaults, and in place of each invalid one a property that throws
 * {@link UnreadableField}. With it the rules still run beside a misspelt field, so that a person sees all findings at
 * once instead of one round of them after another.
 */
export function parsePartially(schema: z.core.$ZodType, input: unknown, path = ""): unknown {
  const result = z.safeParse(schema, input);
  if (result.success) return result.data;
  const shape = shapeOf(schema);
  if (!shape || typeof input !== "object" || input === null) throw new UnreadableField(path);
  const parsed = {};
  for (const [key, fieldSchema] of Object.entries(shape)) {
    const fieldPath = path ? `${path}.${key}` : key;
    Object.defineProperty(parsed, key, {
      enumerable: true,
      get: () => parsePartially(fieldSchema, Reflect.get(input, key), fieldPath),
    });
  }
  return parsed;
}

/** The fields of a group, looked up through its wrappers; `undefined` for anything else. */
export function shapeOf(schema: z.core.$ZodType): z.core.$ZodShape | undefined {
  const unwrapped = unwrap(schema);
  return unwrapped instanceof z.core.$ZodObject ? unwrapped._zod.def.shape : undefined;
}

/** The schema inside `readonly`, `default`, `prefault` and `optional`. */
export function unwrap(schema: z.core.$ZodType): z.core.$ZodType {
  return schema instanceof z.core.$ZodReadonly ||
    schema instanceof z.core.$ZodDefault ||
    schema instanceof z.core.$ZodPrefault ||
    schema instanceof z.core.$ZodOptional
    ? unwrap(schema._zod.def.innerType)
    : schema;
}
