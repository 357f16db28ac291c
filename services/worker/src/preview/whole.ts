import type { Film } from "./film.ts";
import { Refused } from "./refused.ts";

/** How long a preview is, in seconds, by each of its parts. */
export interface Lengths {
  /** The longest track of the film in one file. */
  readonly film: number;
  /** Its picture, as far as its frames tell. */
  readonly picture: number;
  /** All segments together. */
  readonly segments: number;
  /** The picture as it was decoded, with the time for which the last frame stands. */
  readonly clock: number;
}

/**
 * By how many seconds a preview may be shorter than the file says it lasts. Containers count their longest stream, also
 * one that a preview does not have, and round.
 */
export const tolerance = 1;

/**
 * Compares a preview with its master, and its parts with one another.
 *
 * @throws Refused when the file ends before its film does, Error when not all was handed over that was made.
 */
export function checkLength({ duration }: Film, made: Lengths): void {
  if (made.picture <= 0) throw new Refused("The file's video has no picture that can be shown.");
  checkPart("segments", made.segments, made);
  checkPart("clock", made.clock, made);
  const longest = Math.max(made.film, made.clock);
  if (duration === undefined || duration - longest <= tolerance) return;
  throw new Refused(
    `The file is cut off or damaged: it should last ${inWords(duration)}, and what can be read ends after ${inWords(longest)}. Upload the whole file.`,
  );
}

function checkPart(name: string, seconds: number, { picture }: Lengths): void {
  if (picture - seconds <= tolerance) return;
  throw new Error(
    `the ${name} end after ${seconds} s, and the film in one file after ${picture} s`,
  );
}

function inWords(seconds: number): string {
  const whole = Math.floor(seconds);
  const [hours, minutes, rest] = [
    Math.floor(whole / 3600),
    Math.floor(whole / 60) % 60,
    whole % 60,
  ];
  const parts = hours > 0 ? [hours, minutes, rest] : [minutes, rest];
  return parts
    .map((part, at) => (at === 0 ? String(part) : String(part).padStart(2, "0")))
    .join(":");
}
