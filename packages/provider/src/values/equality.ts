import { sameNumber } from "./number.ts";
import {
  isNamedType,
  isPrimitiveType,
  itemType,
  memberType,
  namesOf,
  type CtyType,
  type NamedType,
  type PrimitiveType,
  type SequenceType,
} from "./type.ts";
import { Decimal, Dynamic, isObject, isSequence, Unknown, type Value } from "./value.ts";

function isNumeric(value: Value): value is number | bigint | Decimal {
  return typeof value === "number" || typeof value === "bigint" || value instanceof Decimal;
}

/**
 * Whether two lists hold the same elements, in any order, each as often.
 *
 * Terraform sends sets in an order of its own, so their order means nothing.
 */
export function sameMultiset<T>(
  a: readonly T[],
  b: readonly T[],
  same: (one: T, other: T) => boolean,
): boolean {
  if (a.length !== b.length) return false;
  const left = [...b];
  return a.every((item) => {
    const at = left.findIndex((other) => same(item, other));
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  });
}

function samePrimitive(a: Value, b: Value, type: PrimitiveType): boolean {
  if (type === "number") return isNumeric(a) && isNumeric(b) && sameNumber(a, b);
  return a === b;
}

function sameSequence(a: Value, b: Value, type: SequenceType): boolean {
  if (!isSequence(a) || !isSequence(b)) return false;
  if (type[0] === "set") {
    return sameMultiset(a, b, (one, other) => equalValues(one, other, type[1]));
  }
  return (
    a.length === b.length &&
    a.every((item, position) => equalValues(item, b[position] ?? null, itemType(type, position)))
  );
}

function sameNamed(a: Value, b: Value, type: NamedType): boolean {
  if (!isObject(a) || !isObject(b)) return false;
  const names = namesOf(type, a);
  const others = namesOf(type, b);
  return (
    names.length === others.length &&
    names.every(
      (name) =>
        others.includes(name) &&
        equalValues(a[name] ?? null, b[name] ?? null, memberType(type, name)),
    )
  );
}

function sameDynamic(a: Value, b: Value): boolean {
  return (
    a instanceof Dynamic &&
    b instanceof Dynamic &&
    JSON.stringify(a.type) === JSON.stringify(b.type) &&
    equalValues(a.value, b.value, a.type)
  );
}

/**
 * Whether two values are equal as Terraform sees it: sets as multisets, numbers by value, null
 * equal only to null, and an unknown value equal to nothing, not even to itself.
 */
export function equalValues(a: Value, b: Value, type: CtyType): boolean {
  if (a instanceof Unknown || b instanceof Unknown) return false;
  if (a === null || b === null) return a === b;
  if (type === "dynamic") return sameDynamic(a, b);
  if (isPrimitiveType(type)) return samePrimitive(a, b, type);
  return isNamedType(type) ? sameNamed(a, b, type) : sameSequence(a, b, type);
}
