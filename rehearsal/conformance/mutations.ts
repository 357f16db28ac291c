import type { Schema } from "./description.ts";
import { flat } from "./schemas.ts";

/** What a request differs by from a valid one, and what has to become of it. */
export interface Mutation {
  /** `.spec.services[].name`; empty for the whole. */
  readonly field: string;
  readonly kind: MutationKind;
  /** The value that was put there, for the report; absent where a field was left out. */
  readonly value?: unknown;
  readonly content: unknown;
  /** Whether the description allows it. */
  readonly isAllowed: boolean;
}

/** Every way in which a request is varied. */
export type MutationKind =
  | "as it is"
  | "left out"
  | "added"
  | "allowed value"
  | "no such value"
  | "at the bound"
  | "beyond the bound"
  | "of the longest length"
  | "too long"
  | "too short"
  | "too few"
  | "too many"
  | "against the pattern"
  | "of another type";

type Varied = Omit<Mutation, "field">;

/** A valid value, and every variation of it that a schema tells apart. */
export function mutationsOf(schema: Schema, valid: unknown): Mutation[] {
  return [
    { field: "", kind: "as it is", value: valid, content: valid, isAllowed: true },
    ...within(schema, valid, ""),
  ];
}

/** Every field that a value has, as variations name it, with what stands there. */
export function fieldsIn(value: unknown, field = ""): (readonly [string, unknown])[] {
  const inner = Array.isArray(value)
    ? value.slice(0, 1).map((one) => ["[]", one] as const)
    : typeof value === "object" && value !== null
      ? Object.entries(value).map(([name, one]) => [`.${name}`, one] as const)
      : [];
  return [[field, value], ...inner.flatMap(([name, one]) => fieldsIn(one, `${field}${name}`))];
}

/** Variations of a value and of what is in it. */
function within(schema: Schema, value: unknown, field: string): Mutation[] {
  const known = flat(schema, value);
  if (known.readOnly === true) return [];
  const own = field === "" ? [] : [...ofType(known), ...ofValue(known, value)];
  return [...own.map((one) => ({ ...one, field })), ...inside(known, value, field)];
}

function inside(schema: Schema, value: unknown, field: string): Mutation[] {
  if (Array.isArray(value)) {
    if (!schema.items || value.length === 0) return [];
    const [first, ...rest] = value as unknown[];
    return within(schema.items, first, `${field}[]`).map((one) => ({
      ...one,
      content: [one.content, ...rest],
    }));
  }
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(schema.properties ?? {}).flatMap(([name, part]) =>
    ofField(schema, value as Readonly<Record<string, unknown>>, [name, part], field),
  );
}

function ofField(
  schema: Schema,
  { ...object }: Readonly<Record<string, unknown>>,
  [name, part]: readonly [string, Schema],
  parent: string,
): Mutation[] {
  const field = `${parent}.${name}`;
  const { [name]: value, ...others } = object;
  const known = flat(part, value);
  if (known.readOnly === true) return [];
  if (value === undefined) {
    const sample = sampleOf(part);
    const content = { ...object, [name]: sample };
    return [{ field, kind: "added", value: sample, content, isAllowed: true }];
  }
  const isRequired = schema.required?.includes(name) ?? false;
  const missing: Mutation = { field, kind: "left out", content: others, isAllowed: false };
  const varied = within(part, value, field).map((one) => ({
    ...one,
    content: { ...object, [name]: one.content },
  }));
  return isRequired ? [missing, ...varied] : varied;
}

/** Of a wrong type; a text is no number where only the description says so, since forms and YAML are alike to many readers. */
function ofType({ type, enum: values }: Schema): Varied[] {
  const [first] = typeof type === "string" ? [type] : (type ?? []);
  if (first === undefined || (values && first === "string")) return [];
  const wrong = { string: { no: "text" }, array: "no-list", object: "no-object" }[first] ?? "no";
  return [{ kind: "of another type", value: wrong, content: wrong, isAllowed: false }];
}

function ofValue(schema: Schema, value: unknown): Varied[] {
  if (typeof value === "string") return ofText(schema);
  if (typeof value === "number") return ofNumber(schema);
  if (Array.isArray(value)) return ofList(schema, value as unknown[]);
  return [];
}

const allowed = (kind: MutationKind, content: unknown): Varied => ({
  kind,
  value: content,
  content,
  isAllowed: true,
});
const forbidden = (kind: MutationKind, content: unknown): Varied => ({
  ...allowed(kind, content),
  isAllowed: false,
});

function ofText({ enum: values, ...schema }: Schema): Varied[] {
  return [
    ...(values ?? []).filter((one) => one !== null).map((one) => allowed("allowed value", one)),
    ...(values ? [forbidden("no such value", "no-such-value")] : []),
    ...ofLength(schema, values !== undefined || schema.pattern !== undefined),
    ...ofPattern(schema),
  ];
}

/** @param isBound whether not every text of the longest length is allowed. */
function ofLength({ minLength = 0, maxLength }: Schema, isBound: boolean): Varied[] {
  const short = minLength > 0 ? [forbidden("too short", "a".repeat(minLength - 1))] : [];
  if (maxLength === undefined) return short;
  const longest = allowed("of the longest length", "a".repeat(maxLength));
  return [
    ...short,
    forbidden("too long", "a".repeat(maxLength + 1)),
    ...(isBound ? [] : [longest]),
  ];
}

function ofPattern({ pattern }: Schema): Varied[] {
  const unlike = pattern === undefined ? undefined : unmatched(pattern);
  return unlike === undefined ? [] : [forbidden("against the pattern", unlike)];
}

const unlikely = ["!", "", "UPPER case", "\u0007", "-".repeat(300)];

/** A text that a pattern does not allow; nothing for one that allows everything. */
const unmatched = (pattern: string) => unlikely.find((text) => !new RegExp(pattern).test(text));

function ofNumber(schema: Schema): Varied[] {
  const { type, enum: values, minimum, maximum, exclusiveMinimum, exclusiveMaximum } = schema;
  const step = type === "integer" ? 1 : 0.5;
  return [
    ...(values ?? []).map((one) => allowed("allowed value", one)),
    ...(minimum === undefined ? [] : [allowed("at the bound", minimum)]),
    ...(maximum === undefined ? [] : [allowed("at the bound", maximum)]),
    ...(minimum === undefined ? [] : [forbidden("beyond the bound", minimum - step)]),
    ...(maximum === undefined ? [] : [forbidden("beyond the bound", maximum + step)]),
    ...(exclusiveMinimum === undefined ? [] : [forbidden("beyond the bound", exclusiveMinimum)]),
    ...(exclusiveMaximum === undefined ? [] : [forbidden("beyond the bound", exclusiveMaximum)]),
    ...(type === "integer" ? [forbidden("of another type", 1.5)] : []),
  ];
}

function ofList({ minItems = 0, maxItems }: Schema, value: readonly unknown[]): Varied[] {
  const [first] = value;
  const many = maxItems === undefined ? [] : Array.from({ length: maxItems + 1 }, () => first);
  return [
    ...(minItems > 0 ? [forbidden("too few", value.slice(0, minItems - 1))] : []),
    ...(maxItems === undefined ? [] : [forbidden("too many", many)]),
  ];
}

/** A value that a schema allows, with every field that is not read-only, three objects deep. */
export function sampleOf(schema: Schema, depth = 3): unknown {
  const known = flat(schema, undefined);
  const [first] = known.enum ?? [];
  const type = typeof known.type === "string" ? known.type : known.type?.[0];
  return first ?? (samples[type ?? "object"] ?? objectOf)(known, depth);
}

const numberOf = ({ minimum, maximum }: Schema) => minimum ?? maximum ?? 1;

const samples: Readonly<Record<string, (schema: Schema, depth: number) => unknown>> = {
  array: ({ items }, depth) => (items && depth > 0 ? [sampleOf(items, depth - 1)] : []),
  integer: numberOf,
  number: numberOf,
  boolean: () => true,
  string: textOf,
};

function objectOf({ properties = {} }: Schema, depth: number): object {
  const fields = depth > 0 ? Object.entries(properties) : [];
  const wanted = fields.filter(([, part]) => flat(part, undefined).readOnly !== true);
  return Object.fromEntries(wanted.map(([name, part]) => [name, sampleOf(part, depth - 1)]));
}

const anId = "4de7ac8b-495b-4884-9a69-1050c6793cd6";

function textOf({ format, pattern, minLength = 0 }: Schema): string {
  if (format === "uuid") return anId;
  if (format === "date-time") return "2026-11-24T00:00:00Z";
  const text = "sample".padEnd(minLength, "e");
  return pattern === undefined || new RegExp(pattern).test(text) ? text : anId;
}
