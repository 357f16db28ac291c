import type { UptimeStatus } from "./uptime.ts";

/** What an uptime check sees, in words: from where its target is up, from where it is down, and how often it was up. */
export function seenFrom({
  up,
  down,
  thirtyDayPercent,
}: Pick<UptimeStatus, "up" | "down" | "thirtyDayPercent">): string[] {
  return [
    ...(up.length > 0 ? [`up from ${up.join(", ")}`] : []),
    ...(down.length > 0 ? [`down from ${down.join(", ")}`] : []),
    ...(thirtyDayPercent === undefined ? [] : [`${thirtyDayPercent} % in 30 days`]),
  ];
}
