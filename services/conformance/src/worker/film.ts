import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

import type { World } from "../world.ts";

const run = promisify(execFile);

/** Seconds of the film beyond two whole segments: the last segment is a shorter one. */
const rest = 1;

/** A film that asks for everything that docs/jobs.md promises of previews, and its length. */
export interface Film {
  readonly bytes: Buffer;
  readonly seconds: number;
  readonly width: number;
  readonly height: number;
}

async function inDirectory<Result>(work: (directory: string) => Promise<Result>): Promise<Result> {
  const directory = await mkdtemp(join(tmpdir(), "conformance-"));
  try {
    return await work(directory);
  } finally {
    await rm(directory, { recursive: true });
  }
}

/** Makes a film of odd sides, ten bits and full colour, with sound. */
export function makeFilm(world: World): Promise<Film> {
  const seconds = 2 * Number(world.variable("HLS_SEGMENT_SEC")) + rest;
  return world.once("film", () => make(world, { width: 321, height: 181, seconds }));
}

/** Makes a film that takes a worker longer than the suite takes to end it. */
export function makeLongFilm(world: World): Promise<Film> {
  return world.once("long film", () => make(world, { width: 1280, height: 720, seconds: 30 }));
}

async function make(world: World, size: Omit<Film, "bytes">): Promise<Film> {
  const { width, height, seconds } = size;
  const bytes = await inDirectory(async (directory) => {
    const path = join(directory, "film.mkv");
    await run(world.target.ffmpeg ?? "", [
      ...["-nostdin", "-loglevel", "error"],
      ...["-f", "lavfi", "-i", `testsrc2=s=${width}x${height}:r=25:d=${seconds}`],
      ...["-f", "lavfi", "-i", `sine=d=${seconds}`],
      ...(width % 2 === 0
        ? ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac"]
        : ["-c:v", "ffv1", "-pix_fmt", "yuv444p10le", "-c:a", "pcm_s16le"]),
      path,
    ]);
    return readFile(path);
  });
  return { bytes, ...size };
}

/** What ffmpeg says of a file: a line for each stream. */
export function describe(world: World, bytes: Buffer): Promise<string> {
  return inDirectory(async (directory) => {
    const path = join(directory, "preview.mp4");
    await writeFile(path, bytes);
    // ffmpeg wants an output, and ends with 1 when there is none.
    const failure = await run(world.target.ffmpeg ?? "", ["-hide_banner", "-i", path]).catch(
      (error: unknown) => error as { stderr: string },
    );
    return failure.stderr;
  });
}
