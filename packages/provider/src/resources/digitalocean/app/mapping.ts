import { blocksOf, type Plain, type PlainBlock } from "../../../engine/data.ts";
import { ProviderCrash } from "../../../engine/failure.ts";

// The provider turns a Terraform block into an app specification and back field by field, over some
// two thousand lines. Here the correspondence is data: one row for each field, read in both
// directions.

/** A part of an app specification in the API's JSON. */
export type Json = Readonly<Record<string, unknown>>;

/** How one attribute or block of Terraform corresponds to a field of the API. */
export type Mapping =
  | {
      /** A text, number, flag, or list of them. Left out of the API's JSON when empty. */
      readonly kind: "value";
      readonly api?: string;
      /** Written even when empty. */
      readonly always?: boolean;
      /** A 32-bit float: what comes back is rounded to one. */
      readonly float?: boolean;
    }
  | {
      /** A block that stands at most once: an object in the API. */
      readonly kind: "one";
      readonly api?: string;
      readonly fields: Fields;
      /** Leave the object out when nothing in it is set. Else it is written as `{}`. */
      readonly unlessEmpty?: boolean;
      /** A member without which the real provider crashes while it reads the object. */
      readonly crashesWithout?: string;
    }
  | {
      /** A block that may be repeated: a list in the API. */
      readonly kind: "many";
      readonly api?: string;
      readonly fields: Fields;
    }
  | {
      /** What follows no rule. */
      readonly kind: "custom";
      readonly api: string;
      readonly expand: (block: Plain) => unknown;
      readonly flatten: (json: unknown) => Plain;
    };

/** The correspondence of a block: Terraform's names, and how each is found in the API. */
export type Fields = Readonly<Record<string, Mapping>>;

/** Whether something is an object of the API's JSON. */
export function isJson(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function jsonItems(value: unknown): readonly Json[] {
  const items: readonly unknown[] = Array.isArray(value) ? value : [];
  return items.filter(isJson);
}

function isEmpty(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  return value === undefined || value === "" || value === 0 || value === false;
}

function expandMapping(mapping: Mapping, plain: Plain): unknown {
  if (mapping.kind === "custom") return mapping.expand(plain);
  if (mapping.kind === "value")
    return mapping.always !== true && isEmpty(plain) ? undefined : plain;
  const items = blocksOf(plain).map((block) => expandBlock(mapping.fields, block));
  if (mapping.kind === "many") return items.length === 0 ? undefined : items;
  const [only] = items;
  const left = mapping.unlessEmpty === true && only !== undefined && Object.keys(only).length === 0;
  return left ? undefined : only;
}

/** Turns a block into the API's JSON, leaving out what is empty. */
export function expandBlock(fields: Fields, block: PlainBlock): Json {
  const members = Object.entries(fields).map(([name, mapping]): [string, unknown] => [
    mapping.api ?? name,
    expandMapping(mapping, block[name]),
  ]);
  return Object.fromEntries(members.filter(([, value]) => value !== undefined));
}

function isPlain(value: unknown): value is Plain {
  return (
    value === null ||
    ["undefined", "string", "number", "boolean"].includes(typeof value) ||
    (Array.isArray(value) && value.every(isPlain))
  );
}

function flattenOne(mapping: Extract<Mapping, { kind: "one" }>, json: unknown): Plain {
  if (!isJson(json)) return [];
  const { fields, crashesWithout } = mapping;
  if (crashesWithout !== undefined && !isJson(json[crashesWithout])) {
    throw new ProviderCrash(`the API answered without ${crashesWithout}.`);
  }
  return [flattenBlock(fields, json)];
}

function flattenMapping(mapping: Mapping, json: unknown): Plain {
  if (mapping.kind === "custom") return mapping.flatten(json);
  if (mapping.kind === "one") return flattenOne(mapping, json);
  if (mapping.kind === "many")
    return jsonItems(json).map((item) => flattenBlock(mapping.fields, item));
  if (typeof json === "number" && mapping.float === true) return Math.fround(json);
  return isPlain(json) ? json : undefined;
}

/** Turns the API's JSON into a block. What the mapping does not name is not read, as in the provider. */
export function flattenBlock(fields: Fields, json: Json): PlainBlock {
  return Object.fromEntries(
    Object.entries(fields).map(([name, mapping]) => [
      name,
      flattenMapping(mapping, json[mapping.api ?? name]),
    ]),
  );
}
