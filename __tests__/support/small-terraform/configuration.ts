import { absentBlock, blockType } from "@mam-infra/provider/values/block-type";
import { equalValues } from "@mam-infra/provider/values/equality";
import {
  isNamedType,
  isSequenceType,
  itemType,
  memberType,
  type CtyType,
} from "@mam-infra/provider/values/type";
import { Unknown, type ObjectValue, type Value } from "@mam-infra/provider/values/value";
import type { BlockSchema, NestedBlockSchema } from "@mam-infra/provider/schemas/index";
import { evaluate, type Lookup } from "./expressions.ts";

/** Thrown for what Terraform itself refuses by the schema, in its own words (1.11.4). */
export class RefusedBySchema extends Error {}

const metaArguments = new Set(["//", "lifecycle", "depends_on", "provider"]);

/** The configuration of a resource, from Terraform JSON. @throws RefusedBySchema */
export function resourceConfig(json: object, block: BlockSchema, lookup: Lookup): ObjectValue {
  const own = Object.entries(json).filter(([name]) => !metaArguments.has(name));
  return blockValue(Object.fromEntries(own), block, lookup);
}

function blockValue(json: Readonly<Record<string, unknown>>, block: BlockSchema, lookup: Lookup) {
  const known = new Set([...Object.keys(block.attributes), ...Object.keys(block.block_types)]);
  const extra = Object.keys(json).find((name) => !known.has(name));
  if (extra !== undefined) {
    throw new RefusedBySchema(
      `Extraneous JSON object property: No argument or block type is named "${extra}".`,
    );
  }
  const attributes = Object.entries(block.attributes).map(([name, { type }]): [string, Value] => [
    name,
    typed(json[name], type, lookup),
  ]);
  const blocks = Object.entries(block.block_types).map(([name, nested]): [string, Value] => [
    name,
    nestedValue(name, json[name], nested, lookup),
  ]);
  return Object.fromEntries([...attributes, ...blocks]);
}

function nestedValue(
  name: string,
  json: unknown,
  nested: NestedBlockSchema,
  lookup: Lookup,
): Value {
  const items = json === undefined || json === null ? [] : Array.isArray(json) ? json : [json];
  const least = nested.min_items ?? 0;
  if (items.length < least) {
    throw new RefusedBySchema(
      `Insufficient ${name} blocks: At least ${least} "${name}" blocks are required.`,
    );
  }
  const values = items.map((item) =>
    blockValue(item as Readonly<Record<string, unknown>>, nested.block, lookup),
  );
  const isList = nested.nesting_mode === "list" || nested.nesting_mode === "set";
  if (!isList) return values[0] ?? absentBlock(nested);
  return nested.nesting_mode === "set"
    ? withoutRepetition(values, blockType(nested.block))
    : values;
}

/** A set holds each element once; two that are not known yet may be the same or not. */
function withoutRepetition(values: readonly Value[], type: CtyType): Value[] {
  return values.filter(
    (value, at) => !values.slice(0, at).some((other) => equalValues(value, other, type)),
  );
}

/** A value as the schema's type wants it: Terraform turns numbers into texts and back. */
function typed(json: unknown, type: CtyType, lookup: Lookup): Value {
  if (json === undefined || json === null) return null;
  const value = typeof json === "string" ? evaluate(json, lookup) : (json as Value);
  if (value === null || value instanceof Unknown) return value;
  if (isSequenceType(type)) {
    const items = (value as readonly unknown[]).map((item, at) =>
      typed(item, itemType(type, at), lookup),
    );
    return type[0] === "set" ? withoutRepetition(items, type[1]) : items;
  }
  if (isNamedType(type)) {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, typed(item, memberType(type, key), lookup)]),
    );
  }
  return primitive(value as string | number | boolean, type);
}

function primitive(value: string | number | boolean, type: CtyType): Value {
  if (type === "string") return String(value);
  if (type === "number") return Number(value);
  return type === "bool" && typeof value === "string" ? value === "true" : value;
}
