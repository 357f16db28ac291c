const units = ["bytes", "kB", "MB", "GB", "TB"];

/** A size as people write it: `1.4 GB`. Decimal, as the systems that people use count. */
export function sizeWords(bytes: number): string {
  const exponent = bytes < 1000 ? 0 : Math.min(Math.floor(Math.log10(bytes) / 3), units.length - 1);
  const value = bytes / 1000 ** exponent;
  const digits = exponent === 0 || value >= 100 ? 0 : 1;
  return `${value.toFixed(digits)} ${units[exponent] ?? ""}`;
}

/** A film's length: `0:07`, `12:34`, `1:02:03`. */
export function durationWords(seconds: number): string {
  const whole = Math.round(seconds);
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  const rest = String(whole % 60).padStart(2, "0");
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, "0")}:${rest}` : `${minutes}:${rest}`;
}

/** Time that is left, no more exact than it can be known: `12 s`, `3 min`, `2 h 10 min`. */
export function leftWords(seconds: number): string {
  if (seconds < 60) return `${Math.max(1, Math.ceil(seconds))} s`;
  const minutes = Math.ceil(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric" });
const moment = new Intl.DateTimeFormat("en-GB", {
  weekday: "long",
  day: "numeric",
  month: "long",
  hour: "2-digit",
  minute: "2-digit",
});

/** A date: `28 November 2026`. */
export const dateWords = (date: Date): string => day.format(date);

/** A date and time: `Saturday 28 November at 19:40`. */
export const momentWords = (date: Date): string => moment.format(date);

/** A file's name without what tells programs its kind. */
export const titleOf = (fileName: string): string => fileName.replace(/\.[A-Za-z0-9]{1,5}$/, "");
