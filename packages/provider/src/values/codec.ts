import { Decoder, Encoder, ExtData, ExtensionCodec } from "@msgpack/msgpack";
import { ZodError } from "zod";
import { formatNumber, isNumeral, parseNumber } from "./number.ts";
import { ShapeError, within } from "./shape-error.ts";
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
  type NamedType,
  type PrimitiveType,
} from "./type.ts";
import {
  Decimal,
  Dynamic,
  isObject,
  isSequence,
  Unknown,
  UNKNOWN,
  type ObjectValue,
  type Value,
} from "./value.ts";

// Extension codes of go-cty's msgpack encoding (cty/msgpack/unknown.go, version 1.13.1).
const EXTENSION_UNKNOWN = 0;
const EXTENSION_REFINED_UNKNOWN = 12;

const extensionCodec = new ExtensionCodec();
extensionCodec.register({
  type: EXTENSION_UNKNOWN,
  encode: () => null,
  decode: () => UNKNOWN,
});
extensionCodec.register({
  type: EXTENSION_REFINED_UNKNOWN,
  encode: () => null,
  decode: (body) => new Unknown(body.slice()),
});

const encoder = new Encoder({ extensionCodec, useBigInt64: true });
const decoder = new Decoder({ extensionCodec, useBigInt64: true });
const textDecoder = new TextDecoder();
const textEncoder = new TextEncoder();

function lowerUnknown(value: Unknown): ExtData {
  return value.refinement === undefined
    ? new ExtData(EXTENSION_UNKNOWN, new Uint8Array(1))
    : new ExtData(EXTENSION_REFINED_UNKNOWN, value.refinement);
}

function lowerNumber(value: Value): unknown {
  if (value instanceof Decimal) return value.digits;
  // Anything wider than 64 bits travels as a decimal string, as does a fraction: 1.1 as a binary
  // fraction is another number than Terraform's 1.1.
  if (typeof value === "bigint") return BigInt.asIntN(64, value) === value ? value : String(value);
  if (typeof value !== "number") throw mismatch(value, "number");
  return Number.isSafeInteger(value) ? value : formatNumber(value);
}

function lowerPrimitive(value: Value, type: PrimitiveType): unknown {
  if (type === "number") return lowerNumber(value);
  if (typeof value !== (type === "bool" ? "boolean" : "string")) throw mismatch(value, type);
  return value;
}

function lowerDynamic(value: Value): unknown {
  if (!(value instanceof Dynamic)) throw mismatch(value, "dynamic");
  return [textEncoder.encode(JSON.stringify(value.type)), lower(value.value, value.type)];
}

function lowerNamed(value: Value, type: NamedType): unknown {
  if (!isObject(value)) throw mismatch(value, type);
  const names = namesOf(type, value);
  const extra = Object.keys(value).find((name) => !names.includes(name));
  if (extra !== undefined) throw new ShapeError("the schema has no such attribute", [extra]);
  return Object.fromEntries(
    names.map((name) => [
      name,
      within(memberStep(type, name), () => lower(value[name] ?? null, memberType(type, name))),
    ]),
  );
}

function lower(value: Value, type: CtyType): unknown {
  if (value instanceof Unknown) return lowerUnknown(value);
  if (value === null) return null;
  if (type === "dynamic") return lowerDynamic(value);
  if (isPrimitiveType(type)) return lowerPrimitive(value, type);
  if (isNamedType(type)) return lowerNamed(value, type);
  if (!isSequence(value)) throw mismatch(value, type);
  return value.map((item, at) => within(at, () => lower(item, itemType(type, at))));
}

function liftNumber(wire: unknown): Value {
  if (typeof wire === "string" && isNumeral(wire)) return parseNumber(wire);
  if (typeof wire === "bigint") return parseNumber(String(wire));
  if (typeof wire !== "number") throw mismatch(wire, "number");
  return Number.isInteger(wire) && !Number.isSafeInteger(wire) ? BigInt(wire) : wire;
}

function liftPrimitive(wire: unknown, type: PrimitiveType): Value {
  if (type === "number") return liftNumber(wire);
  if (type === "string" && typeof wire === "string") return wire;
  if (type === "bool" && typeof wire === "boolean") return wire;
  throw mismatch(wire, type);
}

function isItems(wire: unknown): wire is readonly unknown[] {
  return Array.isArray(wire);
}

function dynamicType(json: string): CtyType {
  try {
    return ctyType.parse(JSON.parse(json));
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof ZodError)) throw error;
    throw new ShapeError(`expected the type of a dynamic value, found ${json}`);
  }
}

function liftDynamic(wire: unknown): Dynamic {
  const [typeJson, held] = isItems(wire) ? wire : [];
  if (!(typeJson instanceof Uint8Array)) throw mismatch(wire, "dynamic");
  const type = dynamicType(textDecoder.decode(typeJson));
  return new Dynamic(type, lift(held, type));
}

function isRecord(wire: unknown): wire is Record<string, unknown> {
  return typeof wire === "object" && wire !== null && !Array.isArray(wire);
}

function liftNamed(wire: unknown, type: NamedType): ObjectValue {
  if (!isRecord(wire)) throw mismatch(wire, type);
  return Object.fromEntries(
    namesOf(type, wire).map((name) => [
      name,
      within(memberStep(type, name), () => lift(wire[name], memberType(type, name))),
    ]),
  );
}

function lift(wire: unknown, type: CtyType): Value {
  if (wire instanceof Unknown) return wire;
  if (wire === null || wire === undefined) return null;
  if (type === "dynamic") return liftDynamic(wire);
  if (isPrimitiveType(type)) return liftPrimitive(wire, type);
  if (isNamedType(type)) return liftNamed(wire, type);
  if (!isItems(wire)) throw mismatch(wire, type);
  return wire.map((item, at) => within(at, () => lift(item, itemType(type, at))));
}

/**
 * Writes a value the way Terraform reads it.
 *
 * An object always carries every attribute of its type, null included; Terraform refuses a shorter
 * one.
 *
 * @throws ShapeError with the path of what does not have its type's shape.
 */
export function encodeValue(value: Value, type: CtyType): Buffer {
  return Buffer.from(encoder.encode(lower(value, type)));
}

/**
 * Reads a value as Terraform wrote it. Integers keep every digit; unknown values keep their
 * refinement.
 *
 * @throws ShapeError with the path of what does not have its type's shape.
 */
export function decodeValue(bytes: Uint8Array, type: CtyType): Value {
  return lift(decoder.decode(bytes), type);
}
