import { mkdir, readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";

import { runFfmpeg } from "../../worker/src/ffmpeg/run.ts";
import { readDescription } from "../../worker/src/preview/description.ts";
import { encodeArguments, inputArguments } from "../../worker/src/preview/encoding.ts";
import type { Film } from "../../worker/src/preview/film.ts";
import { type Bench, engineOf } from "../bench.ts";

/** Segments that something made. */
export interface Segments {
  readonly count: number;
  readonly bytes: number;
}

/** The worker's arguments, for files: they are neither put nor fetched. */
export function withFiles(args: readonly string[]): string[] {
  return args
    .filter((arg, index) => arg !== "-method" && args[index - 1] !== "-method")
    .map((arg, index, all) => (all[index - 1] === "-protocol_whitelist" ? "file" : arg));
}

/** What the worker would find out about a film. */
export async function describe(bench: Bench, master: string): Promise<Film> {
  const { lastWords } = await runFfmpeg({
    program: engineOf(bench, "ffmpeg").program,
    args: withFiles(inputArguments(master)),
    signal: bench.signal,
    keep: 65_536,
  });
  return readDescription(lastWords);
}

/**
 * Has ffmpeg alone make what a preview consists of, from a file to files: with the worker's arguments and priority, and
 * nothing else.
 *
 * @returns milliseconds, and the segments that it made.
 */
export async function encodeBare(
  bench: Bench,
  film: Film,
  master: string,
  segmentSeconds: number,
): Promise<{ milliseconds: number; segments: Segments }> {
  const output = join(bench.directory, "bare");
  await mkdir(output);
  try {
    const began = performance.now();
    const { code, lastWords } = await runFfmpeg({
      program: engineOf(bench, "ffmpeg").program,
      args: withFiles(encodeArguments({ film, master, output, segmentSeconds })),
      signal: bench.signal,
    });
    const milliseconds = performance.now() - began;
    if (code !== 0) throw new Error(`ffmpeg ended with ${code}: ${lastWords}`);
    return { milliseconds, segments: await segmentsIn(output) };
  } finally {
    await rm(output, { recursive: true });
  }
}

async function segmentsIn(directory: string): Promise<Segments> {
  const names = (await readdir(directory)).filter((name) => name.endsWith(".ts"));
  const sizes = await Promise.all(
    names.map(async (name) => (await stat(join(directory, name))).size),
  );
  return { count: sizes.length, bytes: sizes.reduce((sum, size) => sum + size, 0) };
}
