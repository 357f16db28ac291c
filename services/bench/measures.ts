/** What a number has to be. */
export type Bound = "at least" | "at most" | "less than";

/** A number that was measured, and what it has to be. */
export interface Measure {
  readonly name: string;
  readonly value: number;
  readonly bound: Bound;
  readonly limit: number;
  /** Behind the number, such as ` MiB`; default none, for ratios. */
  readonly unit?: string;
}

/** Two runs beside each other: ours, and what it is compared with. */
export interface Pair {
  readonly ours: number;
  readonly theirs: number;
}

const sorted = (values: readonly number[]) => values.toSorted((one, other) => one - other);

/** The middle of several numbers, the upper one of two. @throws RangeError when there is none */
export function median(values: readonly number[]): number {
  return present(sorted(values)[Math.floor(values.length / 2)]);
}

function present(value: number | undefined): number {
  if (value === undefined) throw new RangeError("nothing was measured");
  return value;
}

/**
 * The smallest number that so many percent of all are not above (nearest rank).
 *
 * @param percent above 0, at most 100.
 * @throws RangeError when there is no number, or no such percentage.
 */
export function percentile(values: readonly number[], percent: number): number {
  if (!(percent > 0 && percent <= 100)) throw new RangeError(`no percentage: ${percent}`);
  const rank = Math.ceil((percent / 100) * values.length);
  return present(sorted(values)[rank - 1]);
}

/** The middle of the ratios of pairs: a moment in which the machine was busy spoils one pair, and not both sides' middles. */
export const medianRatio = (pairs: readonly Pair[]): number =>
  median(pairs.map(({ ours, theirs }) => ours / theirs));

const bounds: Readonly<Record<Bound, (value: number, limit: number) => boolean>> = {
  "at least": (value, limit) => value >= limit,
  "at most": (value, limit) => value <= limit,
  "less than": (value, limit) => value < limit,
};

/** Whether a number is what it has to be; never when it is no number. */
export const holds = ({ value, bound, limit }: Measure): boolean => bounds[bound](value, limit);
