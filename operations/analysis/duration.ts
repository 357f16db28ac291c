import { NotConfigured } from "../context/credentials.ts";

/** Seconds of each unit. */
const units: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600 };

/** Shortest time for which a release is watched, in seconds: a few looks. */
const least = 30;

/**
 * Longest time, in seconds. With a first deployment before it, of 80 minutes by its own time limits, the entry of the history
 * stays under the two hours after which its process counts as killed (operations/ledger/stale.ts).
 */
const most = 1800;

/**
 * Reads a duration as a person types it: `90s`, `10m`. @returns seconds.
 *
 * @throws NotConfigured for anything else, and for one that is too short or too long.
 */
export function parseDuration(text: string): number {
  const [, count, unit = ""] = /^(\d+)([smh])$/.exec(text) ?? [];
  const seconds = Number(count) * (units[unit] ?? NaN);
  if (seconds >= least && seconds <= most) return seconds;
  throw new NotConfigured(
    `--analyse ${text}: expected a time from ${least}s to ${most / 60}m, such as 10m. Nothing was changed.`,
  );
}
