const units = [
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
  ["second", 1],
] as const;

/** How long ago something was, in the largest unit that fits: `3 hours`. */
export function ageOf(then: Date, now: Date): string {
  const seconds = Math.max(0, Math.round((now.getTime() - then.getTime()) / 1000));
  const [unit, size] = units.find(([, size]) => seconds >= size) ?? units[3];
  const count = Math.floor(seconds / size);
  return `${count} ${unit}${count === 1 ? "" : "s"}`;
}

/** A time as a person reads it, to the minute: `2026-11-24 10:05 UTC`. */
export function minuteOf(time: string): string {
  return `${time.slice(0, "2026-11-24".length)} ${time.slice("2026-11-24T".length, "2026-11-24T10:05".length)} UTC`;
}
