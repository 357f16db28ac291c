import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

import { ffmpeg } from "./engines.ts";

const run = promisify(execFile);

/** Makes a clip by ffmpeg: its arguments up to the name of the file, whose end says what container it is. */
export async function makeClip(file: string, args: readonly string[]): Promise<Buffer> {
  const directory = await mkdtemp(join(tmpdir(), "clip-"));
  try {
    const path = join(directory, file);
    await run(ffmpeg, ["-nostdin", "-loglevel", "error", "-y", ...args, path]);
    return await readFile(path);
  } finally {
    await rm(directory, { recursive: true });
  }
}

/** A film with a moving picture and a tone. */
export function plainClip(seconds: number, size = "320x180"): Promise<Buffer> {
  return makeClip("clip.mp4", [
    ...["-f", "lavfi", "-i", `testsrc2=s=${size}:r=25:d=${seconds}`],
    ...["-f", "lavfi", "-i", `sine=d=${seconds}`],
    ...["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac"],
    ...["-movflags", "+faststart"],
  ]);
}
