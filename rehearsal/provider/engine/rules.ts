import { isIP } from "node:net";
import type { Value } from "../values/value.ts";
import type { ValueRule } from "./behaviour.ts";

// The sentences are those of helper/validation in terraform-plugin-sdk 2.26.1, which users know.

function shown(value: Value): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

/** The value is one of the given texts. */
export function oneOf(allowed: readonly string[], options?: { ignoreCase: boolean }): ValueRule {
  const ignoreCase = options?.ignoreCase === true;
  const key = (text: string): string => (ignoreCase ? text.toLowerCase() : text);
  const list = allowed.map((item) => JSON.stringify(item)).join(" ");
  return (value, path) =>
    allowed.some((item) => key(item) === key(shown(value)))
      ? undefined
      : `expected ${path} to be one of [${list}], got ${shown(value)}`;
}

/** The value is not empty, zero or false. */
export const notEmpty: ValueRule = (value, path) =>
  value === "" || value === 0 || value === false
    ? `${path} must not be empty, got ${shown(value)}`
    : undefined;

/** The text has so many bytes. */
export function lengthBetween(least: number, most: number): ValueRule {
  return (value, path) => {
    const length = Buffer.byteLength(shown(value));
    return length >= least && length <= most
      ? undefined
      : `expected length of ${path} to be in the range (${least} - ${most}), got ${shown(value)}`;
  };
}

/** The number lies in a range, its ends included. */
export function numberBetween(least: number, most: number): ValueRule {
  return (value, path) =>
    typeof value === "number" && value >= least && value <= most
      ? undefined
      : `expected ${path} to be in the range (${least} - ${most}), got ${shown(value)}`;
}

/** The number is not smaller. */
export function numberAtLeast(least: number): ValueRule {
  return (value, path) =>
    typeof value === "number" && value >= least
      ? undefined
      : `expected ${path} to be at least (${least}), got ${shown(value)}`;
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
