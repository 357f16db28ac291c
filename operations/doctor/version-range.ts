/** A version as its numbers, as far as it has them. */
function numbersOf(version: string): number[] {
  return version.split(".").map(Number);
}

/** Compares two versions number by number; a missing one counts as 0. */
function compare(one: string, other: string): number {
  const [first, second] = [numbersOf(one), numbersOf(other)];
  const length = Math.max(first.length, second.length);
  return (
    Array.from({ length }, (_, index) => (first[index] ?? 0) - (second[index] ?? 0)).find(
      (difference) => difference !== 0,
    ) ?? 0
  );
}

const comparators: Readonly<Record<string, (difference: number) => boolean>> = {
  ">=": (difference) => difference >= 0,
  "<": (difference) => difference < 0,
};

/**
 * Whether a version lies in a range of the one form that `engines` of package.json has: `>=20.19 <23`.
 *
 * @throws Error for a range of another form, which would otherwise count as fulfilled.
 */
export function isWithin(version: string, range: string): boolean {
  return range.split(" ").every((part) => {
    const [, operator = "", bound = ""] = /^(>=|<)(\d+(?:\.\d+)*)$/.exec(part) ?? [];
    const holds = comparators[operator];
    if (!holds) throw new Error(`engines.node of package.json is ${range}: only >= and < are read`);
    return holds(compare(version, bound));
  });
}
