import { readFileSync } from "node:fs";
import { join } from "node:path";

import { execa } from "execa";

import type { Film } from "./people/editor.ts";

/** How a film is made, as ffmpeg's arguments before the file's name. */
interface Recipe {
  readonly name: string;
  readonly arguments: readonly string[];
}

const sound = ["-f", "lavfi", "-i", "sine=frequency=440:sample_rate=48000"];

const picture = (filter: string, seconds: number) => [
  "-f",
  "lavfi",
  "-i",
  filter,
  ...sound,
  "-t",
  String(seconds),
];

/** Films that people of a rehearsal have on their disks. */
const recipes = {
  /** Three seconds, so that many of them are made while something goes on. */
  short: {
    name: "street.mp4",
    arguments: [
      ...picture("testsrc2=size=320x180:rate=25", 3),
      ...["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac"],
    ],
  },
  /** Uncompressed, 11.5 MB a second: larger than a part of 64 MiB, and as quick to transcode as its small picture. */
  large: {
    name: "interview.mov",
    arguments: [
      ...picture("testsrc2=size=640x360:rate=25", 9),
      ...["-c:v", "rawvideo", "-pix_fmt", "uyvy422", "-c:a", "pcm_s16le"],
    ],
  },
  /** A minute and a half, so that there is time to do something while its preview is made. */
  long: {
    name: "rushes.mp4",
    arguments: [
      ...picture("smptebars=size=640x360:rate=25", 90),
      ...["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac"],
    ],
  },
} as const satisfies Record<string, Recipe>;

/** Name of a film that can be made. */
export type FilmName = keyof typeof recipes;

/** How films are made. */
export interface Making {
  /** Path of the program. */
  readonly ffmpeg: string;
  readonly directory: string;
  readonly interruption: AbortSignal;
}

async function makeFilm(
  { ffmpeg, directory, interruption: cancelSignal }: Making,
  which: FilmName,
): Promise<Film> {
  const { name, arguments: recipe } = recipes[which];
  const file = join(directory, name);
  await execa(ffmpeg, ["-v", "error", "-y", ...recipe, "-shortest", file], {
    stdin: "ignore",
    cancelSignal,
  });
  return { name, bytes: readFileSync(file) };
}

/** Makes every film in a directory. @throws ExecaError with ffmpeg's last words. */
export async function makeFilms(making: Making): Promise<Record<FilmName, Film>> {
  const names = Object.keys(recipes) as FilmName[];
  const films = await Promise.all(
    names.map(async (which) => [which, await makeFilm(making, which)] as const),
  );
  return Object.fromEntries(films) as Record<FilmName, Film>;
}

/** A file that says it is a film, and is none. */
export const noFilm: Film = {
  name: "notes.mp4",
  bytes: Buffer.from("These are the notes of a meeting, saved under the wrong name.\n".repeat(64)),
};
