import { isIP } from "node:net";
import type { Value } from "../values/value.ts";
import type { ValueRule } from "./behaviour.ts";

// The sentences are those of helper/validation in terraform-plugin-sdk 2.26.1 (DigitalOcean) and 2.37.0 (AWS), which
// users know. The path has positions in it: `spec.0.service.1.port`.

function shown(value: Value): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

/** How {@link oneOf} compares and speaks. */
export interface OneOfOptions {
  readonly ignoreCase?: boolean;
  /** Whether the sentence quotes the texts, as from terraform-plugin-sdk 2.27 on. */
  readonly quoted?: boolean;
}

/** The value is one of the given texts. */
export function oneOf(
  allowed: readonly string[],
  { ignoreCase = false, quoted = false }: OneOfOptions = {},
): ValueRule {
  const key = (text: string): string => (ignoreCase ? text.toLowerCase() : text);
  const list = allowed.map((item) => (quoted ? JSON.stringify(item) : item)).join(" ");
  return (value, path) =>
    allowed.some((item) => key(item) === key(shown(value)))
      ? undefined
      : `expected ${path} to be one of [${list}], got ${shown(value)}`;
}

/** The value is neither empty nor zero (NoZeroValues). */
export const notEmpty: ValueRule = (value, path) => {
  if (value === "") return `${path} must not be empty, got `;
  return value === 0 ? `${path} must not be zero, got 0` : undefined;
};

/** The text is not empty (StringIsNotEmpty). */
export const notEmptyText: ValueRule = (value, path) =>
  value === "" ? `expected ${JSON.stringify(path)} to not be an empty string, got ` : undefined;

/** The value keeps every rule; the first broken one is told. */
export function everyRule(...rules: readonly ValueRule[]): ValueRule {
  return (value, path) => rules.map((rule) => rule(value, path)).find((problem) => problem);
}

/** The text has so many bytes. */
export function lengthBetween(least: number, most: number): ValueRule {
  return (value, path) => {
    const length = Buffer.byteLength(shown(value));
    return length >= least && length <= most
      ? undefined
      : `expected length of ${path} to be in the range (${least} - ${most}), got ${shown(value)}`;
  };
}

/** How Go writes a number: an integer as it is, a float with six digits. */
type Written = (number: number) => string;

const asFloat: Written = (number) => number.toFixed(6);

function inRange(least: number, most: number, written: Written): ValueRule {
  return (value, path) => {
    if (typeof value === "number" && value >= least && value <= most) return undefined;
    const range = most === Infinity ? "at least (" : "in the range (";
    const end = most === Infinity ? ")" : ` - ${written(most)})`;
    const got = typeof value === "number" ? written(value) : shown(value);
    return `expected ${path} to be ${range}${written(least)}${end}, got ${got}`;
  };
}

/** The integer lies in a range, its ends included. */
export function numberBetween(least: number, most: number): ValueRule {
  return inRange(least, most, String);
}

/** The integer is not smaller. */
export function numberAtLeast(least: number): ValueRule {
  return inRange(least, Infinity, String);
}

/** The fraction lies in a range, its ends included. */
export function fractionBetween(least: number, most: number): ValueRule {
  return inRange(least, most, asFloat);
}

/** The fraction is not smaller. */
export function fractionAtLeast(least: number): ValueRule {
  return inRange(least, Infinity, asFloat);
}

/** The text matches a pattern; the sentence says what the pattern means. */
export function matches(pattern: RegExp, meaning: string): ValueRule {
  return (value, path) =>
    pattern.test(shown(value)) ? undefined : `invalid value for ${path} (${meaning})`;
}

/** The text is an address range in CIDR notation. */
export const cidr: ValueRule = (value, path) => {
  const [address = "", length = "", ...rest] = shown(value).split("/");
  const bits = isIP(address) === 6 ? 128 : 32;
  const valid = isIP(address) !== 0 && /^\d+$/.test(length) && Number(length) <= bits;
  return valid && rest.length === 0
    ? undefined
    : `expected ${JSON.stringify(path)} to be a valid IPv4 Value, got ${shown(value)}: invalid CIDR address: ${shown(value)}`;
};

/** The text is JSON. */
export const json: ValueRule = (value, path) => {
  try {
    JSON.parse(shown(value));
    return undefined;
  } catch {
    return `${JSON.stringify(path)} contains an invalid JSON`;
  }
};
