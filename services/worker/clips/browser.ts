import type { FilmPlayer } from "../../frontend/walk/playing/player.ts";
import type { Playing } from "../../frontend/walk/playing/film.ts";
import type { Clip } from "./clip.ts";
import type { Colour } from "./inspect.ts";
import type { Judgement, Measured } from "./judge.ts";

/** What a browser made of a preview. */
export interface Played {
  /** What it plays it as: the film in one file, and the segments. */
  readonly mp4: Playing;
  readonly hls: Playing;
  /** What is not as it should be; empty when all is. */
  readonly deviations: readonly string[];
}

/** Seconds by which the sound of a preview may outlast its picture, or the other way round, beside a frame. */
const tick = 0.1;

/** Steps of 255 by which browsers differ from ffmpeg in what colour a sample is. */
const colourTolerance = 24;

/**
 * Plays a preview to its end, as an MP4 and as HLS, and compares what the browser shows with what the files hold.
 *
 * @param player has the directory in which all clips were made.
 * @returns undefined for a clip that was refused.
 */
export async function playPreview(
  player: FilmPlayer,
  { result: { clip }, measured }: Judgement,
): Promise<Played | undefined> {
  if (!measured) return undefined;
  const mp4 = await player.play(`${clip.name}/preview/preview.mp4`);
  const hls = await player.play(`${clip.name}/preview/hls/master.m3u8`);
  const { duration = 0 } = measured.film.film;
  // MPEG-TS does not say how long a frame stands, and so not how long the last one does.
  const inSegments = (clip.outcome.accepted ? clip.outcome.seconds : undefined) ?? duration;
  const deviations = [
    ...deviationsOf("MP4", mp4, clip, duration, measured),
    ...deviationsOf("HLS", hls, clip, inSegments, measured),
  ];
  return { mp4, hls, deviations };
}

function deviationsOf(
  form: string,
  playing: Playing,
  clip: Clip,
  duration: number,
  { master, film }: Measured,
): string[] {
  const { picture } = film.film;
  const { width, height, clock } = playing;
  const tolerance = 1 / (master.film.picture.fps ?? 25) + tick;
  const objections = [
    (width !== picture.width || height !== picture.height) &&
      `shows ${width}×${height}, expected ${picture.width}×${picture.height}`,
    Math.abs(playing.duration - duration) > tolerance &&
      `lasts ${playing.duration} s, expected ${duration} s`,
    Math.abs(clock - playing.duration) > tolerance && `ends at ${clock} s of ${playing.duration} s`,
    ...colourObjections(clip, playing),
  ];
  return objections.filter((one) => one !== false).map((one) => `as ${form} it ${one}`);
}

function colourObjections({ corners }: Clip, playing: Playing): string[] {
  return Object.entries(corners ?? {}).flatMap(([name, expected]) => {
    const found: Colour = playing.corners[name as keyof typeof playing.corners];
    const isNear = found.every(
      (part, at) => Math.abs(part - (expected[at] ?? 0)) < colourTolerance,
    );
    return isNear ? [] : [`has ${found.join(" ")} ${name}, expected ${expected.join(" ")}`];
  });
}
