/**
 * Times are counted in steps, each 2^(1/8) times the one before: so they can be added up over instances, and a percentile
 * is wrong by 9 % at most. The first step ends at 1 ms, the last one at 131 s, which is longer than any request lives.
 */
const stepsOfDouble = 8;

/** How many steps there are. */
export const timeSteps = 17 * stepsOfDouble + 1;

/** The step that a time belongs to. @param milliseconds not negative. */
export function stepOf(milliseconds: number): number {
  if (!(milliseconds > 1)) return 0;
  return Math.min(Math.ceil(Math.log2(milliseconds) * stepsOfDouble), timeSteps - 1);
}

const endOf = (step: number) => 2 ** (step / stepsOfDouble);

/**
 * The time in which a share of all counted times lie, in whole milliseconds: within its step it is taken as even.
 *
 * @param times how many times each step was counted.
 * @param share 0 to 1, such as 0.95.
 * @returns undefined when nothing was counted.
 */
export function percentile(times: ArrayLike<number>, share: number): number | undefined {
  const counted = Array.from(times);
  const total = counted.reduce((sum, count) => sum + count, 0);
  if (total === 0) return undefined;
  let left = Math.ceil(total * share);
  const step = counted.findIndex((count) => (left -= count) <= 0);
  const count = counted[step] ?? 0;
  const [from, to] = [step === 0 ? 0 : endOf(step - 1), endOf(step)];
  return Math.round(from + ((left + count) / count) * (to - from));
}
