import { Ajv } from "ajv";

import { description, type Schema } from "./description.ts";

// What the description says of formats is a hint for people: it names "uuid" what is empty elsewhere.
const ajv = new Ajv({
  strict: false,
  validateFormats: false,
  allErrors: true,
  // Its patterns are written for readers without the switch for Unicode.
  unicodeRegExp: false,
});
ajv.addSchema(withBase({ schemas: description.schemas }), "description");

/** References name a schema of the description from wherever they stand. */
function withBase(value: unknown): object {
  const text = JSON.stringify(value).replaceAll('"$ref":"#/', '"$ref":"description#/');
  return JSON.parse(text) as object;
}

const compiled = new WeakMap<Schema, ReturnType<typeof ajv.compile>>();

/** What of a value contradicts a schema: the place and the reason, nothing when it fits. */
export function contradictions(schema: Schema, value: unknown): string[] {
  const validate = compiled.get(schema) ?? ajv.compile(withBase(schema));
  compiled.set(schema, validate);
  if (validate(value)) return [];
  return (validate.errors ?? []).map(
    ({ instancePath, message = "", params }) =>
      `${placeOf(instancePath)} ${message}${"allowedValues" in params ? `: ${String(params.allowedValues)}` : ""}`,
  );
}

const placeOf = (pointer: string) =>
  pointer
    .split("/")
    .slice(1)
    .map((step) => (/^\d+$/.test(step) ? "[]" : `.${step}`))
    .join("");

/** A schema with everything that it is composed of in one place, as it applies to a value. */
export function flat(schema: Schema, value: unknown): Schema {
  if (schema.$ref !== undefined) return flat(named(schema.$ref), value);
  const { allOf = [], anyOf, oneOf, ...own } = schema;
  const alternatives = anyOf ?? oneOf ?? [];
  const chosen =
    alternatives.find((one) => fits(one, value)) ?? alternatives.find((one) => one.type !== "null");
  return [...allOf, ...(chosen ? [chosen] : [])]
    .map((part) => flat(part, value))
    .reduce(merged, own);
}

/** Whether an alternative allows a value and knows all of its fields. */
function fits(schema: Schema, value: unknown): boolean {
  if (contradictions(schema, value).length > 0) return false;
  const { properties } = flat(schema, value);
  return (
    typeof value !== "object" ||
    value === null ||
    Array.isArray(value) ||
    Object.keys(value).every((key) => properties !== undefined && key in properties)
  );
}

/** Two parts of one schema. A field that both have is what both say of it. */
function merged(first: Schema, second: Schema): Schema {
  const fields = { ...first.properties };
  for (const [name, field] of Object.entries(second.properties ?? {})) {
    const known = fields[name];
    fields[name] = known ? { allOf: [known, field] } : field;
  }
  const required = [...(first.required ?? []), ...(second.required ?? [])];
  return { ...first, ...second, properties: fields, required };
}

function named(reference: string): Schema {
  const name = reference.slice("#/schemas/".length);
  const schema = description.schemas[name];
  if (!schema) throw new Error(`the description has no schema ${name}`);
  return schema;
}
