import { z } from "zod";

import { valueAt } from "../rules/findings.ts";
import { shapeOf, unwrap } from "../schema/partial.ts";

/** Schema of the field at a path of plain data; undefined where no field is. Of alternatives it is that of the data's kind. */
export function schemaOf(
  schema: z.core.$ZodType,
  path: readonly PropertyKey[],
  data: unknown,
): z.core.$ZodType | undefined {
  const [step, ...rest] = path;
  if (step === undefined) return schema;
  const inner = chosen(unwrap(schema), data);
  const field = fieldOf(inner, String(step));
  return field && schemaOf(field, rest, valueAt(data, String(step)));
}

/** Names of the fields of a group; none for anything else. */
export function fieldNames(schema: z.core.$ZodType | undefined, data: unknown): string[] {
  return schema ? Object.keys(shapeOf(chosen(unwrap(schema), data)) ?? {}) : [];
}

/** The alternative that plain data is of, by its `kind`; the schema itself where there are none. */
function chosen(schema: z.core.$ZodType, data: unknown): z.core.$ZodType {
  if (!(schema instanceof z.core.$ZodDiscriminatedUnion)) return schema;
  const { discriminator, options } = schema._zod.def;
  const kind = valueAt(data, discriminator);
  const isOf = (option: z.core.$ZodType) => {
    const literal = shapeOf(option)?.[discriminator];
    return literal !== undefined && z.safeParse(literal, kind).success;
  };
  return options.find(isOf) ?? schema;
}

function fieldOf(schema: z.core.$ZodType, step: string): z.core.$ZodType | undefined {
  if (schema instanceof z.core.$ZodArray) return schema._zod.def.element;
  if (schema instanceof z.core.$ZodRecord) return schema._zod.def.valueType;
  return shapeOf(schema)?.[step];
}

/** The kind of value that a field takes, in words and with its unit: `a whole number from 1 to 20, in instances`. */
export function kindInWords(schema: z.core.$ZodType): string {
  const kind = kindOf(unwrap(schema));
  const unit = z.globalRegistry.get(schema)?.unit;
  const isMeasured = unwrap(schema) instanceof z.ZodNumber && typeof unit === "string";
  return isMeasured ? `${kind}, in ${unit}` : kind;
}

function kindOf(schema: z.core.$ZodType): string {
  if (schema instanceof z.ZodEnum) return `one of ${schema.options.map(quoted).join(", ")}`;
  if (schema instanceof z.ZodLiteral) return quoted(schema.value);
  if (schema instanceof z.ZodNumber) return numberInWords(schema);
  if (schema instanceof z.ZodBoolean) return "true or false";
  if (schema instanceof z.core.$ZodArray)
    return `a list, each ${kindInWords(schema._zod.def.element)}`;
  if (shapeOf(schema) !== undefined) return "a group of fields";
  if (schema instanceof z.core.$ZodUnion) return "a group of fields with a kind";
  return schema instanceof z.ZodString ? stringInWords(schema) : schema._zod.def.type;
}

function numberInWords({ minValue, maxValue, format }: z.ZodNumber): string {
  const number = format === "safeint" ? "a whole number" : "a number";
  const [least, most] = [minValue ?? -Infinity, maxValue ?? Infinity];
  return Math.abs(least) <= 1e9 && most <= 1e9 ? `${number} from ${least} to ${most}` : number;
}

function stringInWords({ format }: z.ZodString): string {
  return format === null || format === "regex" ? "text" : `text that is a valid ${format}`;
}

/** A value that a field takes, as it is written in a file; undefined where none is known. */
export function exampleOf(schema: z.core.$ZodType): string | undefined {
  const examples = z.globalRegistry.get(schema)?.examples;
  const [example] = Array.isArray(examples) ? (examples as unknown[]) : [];
  if (example !== undefined) return quoted(example);
  if (schema instanceof z.ZodDefault) return quoted(schema.def.defaultValue);
  return schema instanceof z.ZodReadonly
    ? exampleOf(schema.def.innerType)
    : leastOf(unwrap(schema));
}

/** The first choice, or the least number. */
function leastOf(schema: z.core.$ZodType): string | undefined {
  if (schema instanceof z.ZodEnum) return quoted(schema.options[0]);
  if (schema instanceof z.ZodLiteral) return quoted(schema.value);
  if (schema instanceof z.ZodBoolean) return "true";
  return schema instanceof z.ZodNumber && schema.minValue !== null
    ? String(schema.minValue)
    : undefined;
}

function quoted(value: unknown): string {
  return JSON.stringify(value);
}
