import { badQuery } from "./query-error.ts";

const unitSeconds: Readonly<Record<string, number>> = {
  ms: 0.001,
  s: 1,
  m: 60,
  h: 3600,
  d: 86_400,
  w: 604_800,
  y: 31_536_000,
};

const part = /(\d+)(ms|[smhdwy])/g;

/** `5m`, `1h30m` or a number of seconds, in seconds. @throws QueryError for anything else. */
export function secondsOfDuration(text: string): number {
  const parts = [...text.matchAll(part)];
  if (parts.map(([all]) => all).join("") === text && parts.length > 0) {
    return parts.reduce(
      (sum, [, count, unit = ""]) => sum + Number(count) * (unitSeconds[unit] ?? 0),
      0,
    );
  }
  const seconds = Number(text);
  if (text !== "" && seconds > 0 && Number.isFinite(seconds)) return seconds;
  throw badQuery(`not a valid duration string: "${text}"`);
}

/** What a quoted text says. @throws QueryError for an escape that nobody knows. */
export function unquoted(literal: string): string {
  const inner = literal.slice(1, -1);
  if (literal.startsWith("`")) return inner;
  // JSON knows the escapes of Go that anybody writes; the other quote is the only difference.
  const json = literal.startsWith("'")
    ? inner.replaceAll(String.raw`\'`, "'").replaceAll('"', String.raw`\"`)
    : inner;
  try {
    return String(JSON.parse(`"${json}"`));
  } catch {
    throw badQuery(`invalid string literal ${literal}`);
  }
}
