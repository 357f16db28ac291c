import { formatNumber } from "../values/number.ts";
import { equalValues, sameMultiset } from "../values/equality.ts";
import {
  isNamedType,
  isSequenceType,
  itemType,
  memberType,
  namesOf,
  type CtyType,
  type NamedType,
  type SequenceType,
} from "../values/type.ts";
import {
  Decimal,
  isObject,
  isSequence,
  itemsOf,
  memberOf,
  membersOf,
  Unknown,
  type ObjectValue,
  type Value,
} from "../values/value.ts";

// The provider SDK keeps its data as text by path, in which an absent value and an empty one look
// alike. These functions say what that does to values; the planner and the data of a resource are
// written in their terms.

/** The value that the SDK puts where there is none: "", 0, false or an empty collection. */
export function zeroOf(type: CtyType): Value {
  if (type === "string") return "";
  if (type === "number") return 0;
  if (type === "bool") return false;
  if (type === "dynamic") return null;
  if (type[0] === "map") return {};
  if (isNamedType(type)) return fillZeros({}, type);
  return [];
}

function fillInside(value: Value, type: CtyType, unknownText: string): Value {
  if (isSequenceType(type)) {
    return itemsOf(value).map((item, at) => fillZeros(item, itemType(type, at), unknownText));
  }
  if (!isNamedType(type)) return value;
  const members = membersOf(value);
  return Object.fromEntries(
    namesOf(type, members).map((name) => [
      name,
      fillZeros(memberOf(members, name), memberType(type, name), unknownText),
    ]),
  );
}

/**
 * Replaces null and unknown by zero values, all the way down. `unknownText` stands for an unknown
 * text where the SDK would see its placeholder instead.
 */
export function fillZeros(value: Value, type: CtyType, unknownText = ""): Value {
  if (value instanceof Unknown && type === "string") return unknownText;
  if (value === null || value instanceof Unknown) return zeroOf(type);
  return fillInside(value, type, unknownText);
}

/** Whether the SDK would call a value unset: null, "", 0, false or an empty collection. */
export function isZero(value: Value): boolean {
  if (isSequence(value)) return value.length === 0;
  if (isObject(value)) return Object.keys(value).length === 0;
  return value === null || value === "" || value === 0 || value === false;
}

/** The text by which the SDK compares a primitive value; "" for null, as for an empty string. */
export function comparableText(value: Value): string {
  if (value instanceof Unknown) return "unknown";
  if (value === null) return "";
  if (typeof value === "number" || typeof value === "bigint" || value instanceof Decimal) {
    return formatNumber(value);
  }
  if (typeof value === "string" || typeof value === "boolean") return String(value);
  throw new TypeError("a collection has no comparable text");
}

function equivalentItems(a: readonly Value[], b: readonly Value[], type: SequenceType): boolean {
  if (type[0] === "set") {
    return sameMultiset(a, b, (one, other) => equivalent(one, other, type[1]));
  }
  return (
    a.length === b.length &&
    a.every((item, position) => equivalent(item, b[position] ?? null, itemType(type, position)))
  );
}

function equivalentMembers(a: ObjectValue, b: ObjectValue, type: NamedType): boolean {
  return [...new Set([...namesOf(type, a), ...namesOf(type, b)])].every((name) =>
    equivalent(a[name] ?? null, b[name] ?? null, memberType(type, name)),
  );
}

function equivalentKnown(a: Value, b: Value, type: CtyType): boolean {
  if (isSequenceType(type)) return equivalentItems(itemsOf(a), itemsOf(b), type);
  if (isNamedType(type)) return equivalentMembers(membersOf(a), membersOf(b), type);
  return type === "dynamic" ? equalValues(a, b, type) : comparableText(a) === comparableText(b);
}

/**
 * Whether the SDK takes two values for the same: null, zero and empty are one, sets have no order.
 *
 * A plan that only moves between such values is no change at all (hcl2shim.ValuesSDKEquivalent).
 */
export function equivalent(a: Value, b: Value, type: CtyType): boolean {
  if (a instanceof Unknown) return b instanceof Unknown;
  if (b instanceof Unknown) return false;
  return (isZero(a) && isZero(b)) || equivalentKnown(a, b, type);
}
