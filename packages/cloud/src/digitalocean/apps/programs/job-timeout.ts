import { realDurations } from "../../../programs/scale.ts";

const unitSeconds: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1, ms: 0.001 };

/**
 * Seconds that a job may take. Its timeout is written as Go does: `30m`, `1h30m`. Source: godo 1.202.0, `AppJobSpec`.
 *
 * @param timeout default: that of {@link realDurations}. A text of another shape is no limit that could be kept, so it is
 *   the default as well.
 */
export function jobSeconds(timeout: string | undefined): number {
  const parts = [...(timeout ?? "").matchAll(/(\d+(?:\.\d+)?)(h|ms|m|s)/g)];
  if (parts.length === 0) return realDurations["job-timeout"].seconds;
  return parts.reduce(
    (sum, [, count, unit = ""]) => sum + Number(count) * (unitSeconds[unit] ?? 0),
    0,
  );
}
