import { scaledDurations } from "./scale.ts";

/**
 * Seconds on the platform until a container that ended is started again.
 *
 * @param before how many times in a row it was started again before.
 */
export function restartPause(before: number): number {
  const first = scaledDurations["restart-pause"].seconds;
  return Math.min(first * 2 ** before, scaledDurations["restart-pause-most"].seconds);
}
