import { canonical } from "../../monitoring/canonical.ts";
import type { Violation } from "../context/check.ts";

/** Something that was configured, beside what the platform says about it. */
export interface Comparison {
  /** What is compared, in words that a person finds in the control panel. */
  readonly resource: string;
  readonly expected: unknown;
  readonly found: unknown;
  /** What mends exactly this. */
  readonly fix?: string;
}

/** Where configuration and platform disagree; none where they agree. */
export function violationsOf(comparisons: readonly Comparison[]): Violation[] {
  return comparisons
    .filter(({ expected, found }) => canonical(expected) !== canonical(found))
    .map(({ expected, found, ...rest }) => ({
      ...rest,
      expected: shown(expected),
      found: shown(found),
    }));
}

/** Where configuration and platform disagree, a sentence each; none when they agree. */
export function disagreements(comparisons: readonly Comparison[]): string[] {
  return violationsOf(comparisons).map(
    ({ resource, expected, found }) => `${resource} is ${found}, expected ${expected}`,
  );
}

/** A copy of a list in a fixed order, for lists whose order means nothing. */
export function inOrder<T>(items: readonly T[]): T[] {
  return items.toSorted((first, second) =>
    JSON.stringify(first).localeCompare(JSON.stringify(second)),
  );
}

/** A value as a person reads it. */
function shown(value: unknown): string {
  if (typeof value === "string") return value;
  if (Array.isArray(value) && value.every((item) => typeof item === "string")) {
    return value.length === 0 ? "none" : value.join(", ");
  }
  return value === undefined ? "missing" : canonical(value);
}
