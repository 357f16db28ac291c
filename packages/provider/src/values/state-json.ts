import { z } from "zod";
import { isNumeral, parseNumber } from "./number.ts";
import { within } from "./shape-error.ts";
import {
  ctyType,
  isNamedType,
  isPrimitiveType,
  itemType,
  memberStep,
  memberType,
  mismatch,
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
  if (type === "bool") {
    if (typeof json !== "boolean") throw mismatch(json, type);
    return json;
  }
  if (typeof json !== "string") throw mismatch(json, type);
  if (type === "string") return json;
  if (!isNumeral(json)) throw mismatch(json, type);
  return parseNumber(json);
}

/** Reads the outermost layer of a value. @throws ShapeError when it is of another kind. */
function layer<T>(schema: z.ZodType<T>, json: unknown, type: CtyType): T {
  const read = schema.safeParse(json);
  if (!read.success) throw mismatch(json, type);
  return read.data;
}

function fromJson(json: unknown, type: CtyType): Value {
  if (json === null || json === undefined) return null;
  if (type === "dynamic") {
    const pair = layer(dynamicPair, json, type);
    return new Dynamic(pair.type, fromJson(pair.value, pair.type));
  }
  if (isPrimitiveType(type)) return fromPrimitive(json, type);
  if (isNamedType(type)) {
    const record = layer(named, json, type);
    return Object.fromEntries(
      namesOf(type, record).map((name) => [
        name,
        within(memberStep(type, name), () => fromJson(record[name], memberType(type, name))),
      ]),
    );
  }
  return layer(items, json, type).map((item, at) =>
    within(at, () => fromJson(item, itemType(type, at))),
  );
}

/**
 * Reads a stored object as it stands in a state file.
 *
 * Numbers are read digit by digit: `JSON.parse` alone would round 9007199254740993. Attributes that
 * the schema no longer has are dropped, as the provider SDK does (terraform-plugin-sdk 2.26.1,
 * helper/schema/grpc_provider.go, removeAttributes).
 *
 * @throws ShapeError with the path of what does not have its type's shape.
 */
export function valueFromStateJson(json: string, type: CtyType): Value {
  return fromJson(JSON.parse(quoteNumbers(json)), type);
}
