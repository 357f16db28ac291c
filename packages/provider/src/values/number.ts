import { Decimal } from "./value.ts";

const WHOLE = /^-?\d+$/;

const NUMERAL = /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i;

/** Whether a text is a number in decimal, with or without an exponent. */
export function isNumeral(text: string): boolean {
  return NUMERAL.test(text);
}

function plainNotation(text: string): string {
  const [mantissa = "", exponent] = text.toLowerCase().split("e");
  if (exponent === undefined) return mantissa;
  const sign = mantissa.startsWith("-") ? "-" : "";
  const [whole = "", fraction = ""] = mantissa.replace("-", "").split(".");
  const point = whole.length + Number(exponent);
  const digits = (whole + fraction).padEnd(point, "0");
  if (point >= digits.length) return sign + (digits.replace(/^0+(?=\d)/, "") || "0");
  const left = point > 0 ? digits.slice(0, point) : "0";
  const right = point > 0 ? digits.slice(point) : "0".repeat(-point) + digits;
  return sign + left.replace(/^0+(?=\d)/, "") + "." + right;
}

function withoutTrailingZeros(text: string): string {
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}

/**
 * Reads a number written in decimal, exactly: as a number where JavaScript holds it without loss,
 * else as a bigint or a {@link Decimal}.
 *
 * Each number has one representation only, so that two equal numbers are equal in JavaScript too.
 */
export function parseNumber(text: string): number | bigint | Decimal {
  const plain = withoutTrailingZeros(plainNotation(text));
  if (plain === "-0") return 0;
  if (WHOLE.test(plain)) {
    const whole = BigInt(plain);
    return Number.isSafeInteger(Number(whole)) ? Number(whole) : whole;
  }
  const nearest = Number(plain);
  return withoutTrailingZeros(plainNotation(String(nearest))) === plain
    ? nearest
    : new Decimal(plain);
}

/** Writes a number in plain decimal notation, without an exponent. The inverse of {@link parseNumber}. */
export function formatNumber(value: number | bigint | Decimal): string {
  return value instanceof Decimal ? value.digits : plainNotation(String(value));
}

/** Whether two numbers are the same number, whichever way they are held. */
export function sameNumber(a: number | bigint | Decimal, b: number | bigint | Decimal): boolean {
  return formatNumber(a) === formatNumber(b);
}
