const day = 86_400_000;

/** The last time at which a dump was due, at a full hour in UTC. */
export function lastDue(hour: number, now: Date): Date {
  const today = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate(), hour);
  return new Date(today > now.getTime() ? today - day : today);
}

/**
 * Milliseconds until the next dump: 0 when the one that was due last was not made, as after a restart in the middle of it or
 * on a new platform.
 *
 * @param newest when the newest dump that was finished was taken; undefined when none is known.
 */
export function untilNext(hour: number, now: Date, newest: Date | undefined): number {
  const due = lastDue(hour, now);
  if (newest === undefined || newest < due) return 0;
  return due.getTime() + day - now.getTime();
}

/** Longest pause after a dump that failed, in milliseconds. */
const longestPause = 3_600_000;

/** Milliseconds to wait after so many failures in a row: ten minutes, doubled up to an hour. */
export const pauseAfter = (failures: number): number =>
  Math.min(600_000 * 2 ** (failures - 1), longestPause);
