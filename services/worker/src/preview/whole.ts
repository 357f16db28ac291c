import type { Film } from "./film.ts";
import { Refused } from "./refused.ts";

/**
 * By how many seconds a preview may be shorter or longer than the file says it lasts. Containers count their longest
 * stream, also one that a preview does not have, and round; the last frame's own length is not always known.
 */
export const tolerance = 1;

/**
 * Compares a preview with its master.
 *
 * @param made seconds of the preview.
 * @throws Refused when the file ends before its film does, Error when less was made than ffmpeg read.
 */
export function checkLength({ duration }: Film, made: number): void {
  if (made <= 0) throw new Refused("The file's video has no picture that can be shown.");
  if (duration === undefined || duration - made <= tolerance) return;
  throw new Refused(
    `The file is cut off: it should last ${inWords(duration)}, and ends after ${inWords(made)}. Upload the whole file.`,
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
