import { z } from "zod";
import { parseNumber } from "./number.ts";
import {
  ctyType,
  isNamedType,
  isPrimitiveType,
  itemType,
  memberType,
  namesOf,
  type CtyType,
  type PrimitiveType,
} from "./type.ts";
import { Dynamic, type Value } from "./value.ts";

const STRING_OR_NUMBER = /"(?:\\.|[^"\\])*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
const dynamicPair = z.object({ type: ctyType, value: z.unknown() });
const named = z.record(z.string(), z.unknown());
const items = z.array(z.unknown());

function quoteNumbers(json: string): string {
  return json.replace(STRING_OR_NUMBER, (token) => (token.startsWith('"') ? token : `"${token}"`));
}

function fromPrimitive(json: unknown, type: PrimitiveType): Value {
  if (type === "bool") return z.boolean().parse(json);
  const text = z.string().parse(json);
  return type === "number" ? parseNumber(text) : text;
}

function fromJson(json: unknown, type: CtyType): Value {
  if (json === null || json === undefined) return null;
  if (type === "dynamic") {
    const pair = dynamicPair.parse(json);
    return new Dynamic(pair.type, fromJson(pair.value, pair.type));
  }
  if (isPrimitiveType(type)) return fromPrimitive(json, type);
  if (isNamedType(type)) {
    const record = named.parse(json);
    return Object.fromEntries(
      namesOf(type, record).map((name) => [name, fromJson(record[name], memberType(type, name))]),
    );
  }
  return items.parse(json).map((item, position) => fromJson(item, itemType(type, position)));
}

/**
 * Reads a stored object as it stands in a state file.
 *
 * Numbers are read digit by digit: `JSON.parse` alone would round 9007199254740993. Attributes that
 * the schema no longer has are dropped, as the provider SDK does (terraform-plugin-sdk 2.26.1,
 * helper/schema/grpc_provider.go, removeAttributes).
 *
 * @throws z.ZodError when the JSON does not have the type's shape.
 */
export function valueFromStateJson(json: string, type: CtyType): Value {
  return fromJson(JSON.parse(quoteNumbers(json)), type);
}
