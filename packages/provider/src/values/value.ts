import type { CtyType } from "./type.ts";

/**
 * A value that Terraform does not know yet.
 *
 * A refined one carries what is already certain about it (not null, a prefix, bounds). The bytes
 * are kept as they came, so that a round trip loses nothing.
 */
export class Unknown {
  readonly refinement: Uint8Array | undefined;

  constructor(refinement?: Uint8Array) {
    this.refinement = refinement;
  }
}

/** An unknown value about which nothing more is known. */
export const UNKNOWN = new Unknown();

/** A value whose type travels beside it, because the schema only says `dynamic`. */
export class Dynamic {
  readonly type: CtyType;
  readonly value: Value;

  constructor(type: CtyType, value: Value) {
    this.type = type;
    this.value = value;
  }
}

/**
 * A number with more digits than a JavaScript number holds, in plain notation.
 *
 * Terraform counts with 512 bits; rounding such a number would show as a difference for ever.
 */
export class Decimal {
  readonly digits: string;

  constructor(digits: string) {
    this.digits = digits;
  }
}

/** An object or a map, by name. */
export interface ObjectValue {
  readonly [name: string]: Value;
}

/** Any value Terraform can send or receive, in plain JavaScript. */
export type Value =
  | null
  | string
  | number
  | bigint
  | boolean
  | Decimal
  | Unknown
  | Dynamic
  | readonly Value[]
  | ObjectValue;

/** Whether a value is an object or a map, and nothing else. */
export function isObject(value: Value | undefined): value is ObjectValue {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Unknown) &&
    !(value instanceof Dynamic) &&
    !(value instanceof Decimal)
  );
}

/** Whether a value is a list, set or tuple. `Array.isArray` alone loses the element type. */
export function isSequence(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}

/** Whether nothing inside the value is unknown. */
export function isWhollyKnown(value: Value): boolean {
  if (value instanceof Unknown) return false;
  if (value instanceof Dynamic) return isWhollyKnown(value.value);
  if (isSequence(value)) return value.every(isWhollyKnown);
  if (isObject(value)) return Object.values(value).every(isWhollyKnown);
  return true;
}

/** What stands under a name; null when there is no such name, or nothing that has names. */
export function memberOf(value: Value | undefined, name: string): Value {
  return isObject(value) ? (value[name] ?? null) : null;
}

/** What a list, set or tuple holds; nothing when the value is none of them. */
export function itemsOf(value: Value | undefined): readonly Value[] {
  return isSequence(value) ? value : [];
}

/** What stands at a position; null when there is no such position. */
export function itemAt(items: readonly Value[], position: number): Value {
  return items[position] ?? null;
}

/** What a map or object holds by name; nothing when the value is neither. */
export function membersOf(value: Value | undefined): ObjectValue {
  return isObject(value) ? value : {};
}
