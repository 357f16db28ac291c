import { join } from "node:path";

import { type Colour, type Inspection, inspect } from "./inspect.ts";
import type { ClipResult } from "./previews.ts";
import type { Accepted, Clip } from "./clip.ts";

/** The master and what was made of it, measured. */
export interface Measured {
  readonly master: Inspection;
  readonly film: Inspection;
  readonly segments: Inspection;
}

/** What came out of a clip. */
export interface Judgement {
  readonly result: ClipResult;
  /** Undefined when it was refused. */
  readonly measured: Measured | undefined;
  /** What is not as it should be; empty when all is. */
  readonly deviations: readonly string[];
}

/** Seconds by which times differ that are written in milliseconds or in units of 1/90000. */
const rounding = 0.002;

/** Seconds in which lengths are known that no frame tells. */
const tick = 0.1;

/** Steps of 255 by which encoders may change a colour. */
const colourTolerance = 12;

/** Measures what came out of a clip, and compares it with what should have. */
export async function judge(ffmpeg: string, result: ClipResult): Promise<Judgement> {
  const { clip, preview, reason = "" } = result;
  const { outcome } = clip;
  if (preview === undefined) {
    const isRight = !outcome.accepted && outcome.words.test(reason);
    const deviations = isRight ? [] : [`it was refused: ${reason}`];
    return { result, measured: undefined, deviations };
  }
  const measured = {
    master: await inspect(ffmpeg, result.master),
    film: await inspect(ffmpeg, join(preview, "preview.mp4")),
    segments: await inspect(ffmpeg, join(preview, "hls/master.m3u8")),
  };
  const deviations = outcome.accepted
    ? [...deviationsOf(outcome, measured), ...colourDeviations(clip, measured)]
    : ["it was accepted, and should be refused"];
  return { result, measured, deviations };
}

function deviationsOf(outcome: Accepted, { master, film, segments }: Measured): string[] {
  const { picture, sound } = film.film;
  const tracks = outcome.hasAudio ? 2 : 1;
  const expected: Readonly<Record<string, readonly [found: unknown, expected: unknown]>> = {
    size: [[picture.width, picture.height], outcome.size],
    "shape of pixels": [picture.pixelAspect, 1],
    rotation: [picture.rotation, 0],
    "pixel format": [picture.pixelFormat, "yuv420p"],
    space: [picture.space, "bt709"],
    primaries: [picture.primaries, "bt709"],
    transfer: [picture.transfer, "bt709"],
    "limited range": [film.description.includes("yuv420p(tv"), true],
    codec: [picture.codec, "h264"],
    sound: [sound !== undefined, outcome.hasAudio],
    "sound of segments": [segments.film.sound !== undefined, outcome.hasAudio],
    tracks: [film.description.match(/Stream #/g)?.length, tracks],
    complaints: [film.complaints + segments.complaints, ""],
    frames: [film.frames, outcome.frames ?? master.frames],
    "frames of segments": [segments.frames, film.frames],
  };
  return [
    ...Object.entries(expected).flatMap(([what, [found, wanted]]) =>
      JSON.stringify(found) === JSON.stringify(wanted)
        ? []
        : [`${what}: ${JSON.stringify(found)}, expected ${JSON.stringify(wanted)}`],
    ),
    ...lengthDeviation("frames", film.seconds, outcome.seconds ?? master.seconds, frameOf(master)),
    ...declaredDeviation(film, master),
  ];
}

const frameOf = ({ film }: Inspection) => 1 / (film.picture.fps ?? 25);

function lengthDeviation(what: string, found: number, expected: number, frame: number): string[] {
  if (Math.abs(found - expected) <= frame + rounding) return [];
  return [
    `${what}: ${found.toFixed(3)} s, expected ${expected.toFixed(3)} s within ${frame.toFixed(3)} s`,
  ];
}

/** Compares what the files themselves say, which counts sound and how long the last frame stands. */
function declaredDeviation({ film }: Inspection, master: Inspection): string[] {
  const { duration } = master.film;
  if (duration === undefined) return [];
  return lengthDeviation("length", film.duration ?? 0, duration, Math.max(frameOf(master), tick));
}

function colourDeviations({ corners }: Clip, { film }: Measured): string[] {
  return Object.entries(corners ?? {}).flatMap(([name, expected]) => {
    const found: Colour = film.corners[name as keyof typeof film.corners];
    const isNear = found.every(
      (part, at) => Math.abs(part - (expected[at] ?? 0)) <= colourTolerance,
    );
    return isNear ? [] : [`${name}: ${found.join(" ")}, expected ${expected.join(" ")}`];
  });
}
