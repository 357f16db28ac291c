import { crc32 } from "node:zlib";
import type { BlockSchema, NestedBlockSchema } from "../schemas/index.ts";
import { formatNumber } from "../values/number.ts";
import { isSequenceType, type CtyType } from "../values/type.ts";
import {
  Decimal,
  isObject,
  itemsOf,
  memberOf,
  type ObjectValue,
  type Value,
} from "../values/value.ts";

// A set has no order, but a request body has: the SDK lists a set by the hash of each element's text
// (helper/schema/serialize.go and set.go, terraform-plugin-sdk 2.26.1). Following it sends the same
// bodies as the real provider, so that what stands in the cloud afterwards can be compared.

function primitiveText(value: Value): string {
  if (typeof value === "boolean") return value ? "1" : "0";
  if (typeof value === "number" || typeof value === "bigint" || value instanceof Decimal) {
    return formatNumber(value);
  }
  return typeof value === "string" ? value : "";
}

function valueText(value: Value, type: CtyType): string {
  if (!isSequenceType(type) || type[0] === "tuple") return `${primitiveText(value)};`;
  const inside = itemsOf(value).map((item) => valueText(item, type[1]));
  return type[0] === "set" ? `{${inside.join("")}};` : `(${inside.join("")});`;
}

function nestedText(value: Value, nested: NestedBlockSchema): string {
  const inside = itemsOf(value)
    .filter(isObject)
    .map((item) => `<${blockText(item, nested.block)}>;`)
    .join("");
  return nested.nesting_mode === "set" ? `{${inside}};` : `(${inside});`;
}

function blockText(value: ObjectValue, block: BlockSchema): string {
  const attributes = Object.entries(block.attributes);
  const given = attributes.filter(
    ([, { required, optional }]) => required === true || optional === true,
  );
  const counted = given.length === 0 ? attributes : given;
  const parts = [
    ...counted.map(([name, { type }]): [string, string] => [
      name,
      valueText(memberOf(value, name), type),
    ]),
    ...Object.entries(block.block_types).map(([name, nested]): [string, string] => [
      name,
      nestedText(memberOf(value, name), nested),
    ]),
  ];
  return parts
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, text]) => `${name}:${text}`)
    .join("");
}

function byHash(items: readonly Value[], textOf: (item: Value) => string): readonly Value[] {
  return items
    .map((item) => ({ item, code: String(crc32(textOf(item))) }))
    .sort((a, b) => (a.code < b.code ? -1 : Number(a.code > b.code)))
    .map(({ item }) => item);
}

function orderItems(value: Value, type: CtyType): Value {
  if (!isSequenceType(type) || type[0] !== "set") return value;
  return byHash(itemsOf(value), (item) => valueText(item, type[1]));
}

function orderNested(value: Value, nested: NestedBlockSchema): Value {
  const items = itemsOf(value).map((item) =>
    isObject(item) ? orderSets(item, nested.block) : item,
  );
  if (nested.nesting_mode === "list") return items;
  return byHash(items, (item) => (isObject(item) ? blockText(item, nested.block) : ""));
}

/** Puts every set inside a block, zero-filled, into the order in which the SDK lists it. */
export function orderSets(value: ObjectValue, block: BlockSchema): ObjectValue {
  return Object.fromEntries(
    Object.entries(value).map(([name, held]) => {
      const nested = block.block_types[name];
      const attribute = block.attributes[name];
      if (nested?.nesting_mode === "list" || nested?.nesting_mode === "set") {
        return [name, orderNested(held, nested)];
      }
      return [name, attribute === undefined ? held : orderItems(held, attribute.type)];
    }),
  );
}
