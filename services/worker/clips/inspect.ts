import { execFile } from "node:child_process";
import { promisify } from "node:util";

import { readDescription } from "../src/preview/description.ts";
import type { Film } from "../src/preview/film.ts";

const run = promisify(execFile);

/** What a file shows when all of it is decoded. */
export interface Inspection {
  readonly film: Film;
  readonly frames: number;
  /** Seconds from the first frame to the end of the last. */
  readonly seconds: number;
  /** Colour within the upper left and the lower right quarter of the first frame. */
  readonly corners: { readonly upperLeft: Colour; readonly lowerRight: Colour };
  /** What the decoder complained about. */
  readonly complaints: string;
  /** Everything that ffmpeg says the file is, for what {@link Film} does not have. */
  readonly description: string;
}

/** Red, green, blue; 0 to 255. */
export type Colour = readonly [red: number, green: number, blue: number];

const largest = { maxBuffer: 64 * 1024 * 1024 };

/** Decodes the picture of a file, and says what it is. */
export async function inspect(ffmpeg: string, file: string): Promise<Inspection> {
  const description = await describe(ffmpeg, file);
  const film = readDescription(description);
  const map = ["-map", `0:${film.picture.index}`];
  const { stdout, stderr } = await run(
    ffmpeg,
    [
      ...["-nostdin", "-v", "error", "-i", file, ...map],
      ...["-fps_mode", "passthrough", "-f", "framecrc", "-"],
    ],
    largest,
  );
  return {
    film,
    ...timesOf(stdout),
    corners: await corners(ffmpeg, file, map),
    complaints: stderr.trim(),
    description,
  };
}

async function describe(ffmpeg: string, file: string): Promise<string> {
  // ffmpeg wants an output, and ends with 1 when there is none.
  const failure = await run(ffmpeg, ["-nostdin", "-hide_banner", "-i", file]).catch(
    (error: unknown) => error as { stderr: string },
  );
  return failure.stderr;
}

/** Lines of framecrc: stream, decoding time, showing time, duration, bytes, checksum. */
function timesOf(text: string): Pick<Inspection, "frames" | "seconds"> {
  const [, numerator = "1", denominator = "1"] = /#tb 0: (\d+)\/(\d+)/.exec(text) ?? [];
  const unit = Number(numerator) / Number(denominator);
  const rows = text.split("\n").filter((line) => line.startsWith("0,"));
  const times = rows.map((row) => row.split(",").map(Number));
  const starts = times.map(([, , start = 0]) => start);
  const ends = times.map(([, , start = 0, duration = 0]) => start + duration);
  const seconds = (Math.max(...ends) - Math.min(...starts)) * unit;
  return { frames: rows.length, seconds };
}

async function corners(ffmpeg: string, file: string, map: readonly string[]) {
  const { stdout } = await run(
    ffmpeg,
    [
      ...["-nostdin", "-v", "error", "-i", file, ...map, "-frames:v", "1"],
      ...["-vf", "scale=8:8:flags=area,format=rgb24", "-f", "rawvideo", "-"],
    ],
    { encoding: "buffer" },
  );
  const colour = (at: number) => [...stdout.subarray(at, at + 3)] as unknown as Colour;
  // Of 8 by 8, those at 2:2 and 5:5 are well within their quarters.
  return { upperLeft: colour(3 * (8 * 2 + 2)), lowerRight: colour(3 * (8 * 5 + 5)) };
}
