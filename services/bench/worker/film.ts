import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

import { type Bench, engineOf } from "../bench.ts";

/** Seconds of the film: two CPUs take about a quarter of it for a preview. */
export const filmSeconds = 60;

/**
 * Makes a film as cameras do: 1920×1080, 25 frames a second, with noise and a tone. @returns its file
 */
export async function makeFilm(bench: Bench): Promise<string> {
  const file = join(bench.directory, "master.mp4");
  bench.progress(`making a film of ${filmSeconds} s`);
  await promisify(execFile)(
    engineOf(bench, "ffmpeg").program,
    [
      ...["-nostdin", "-loglevel", "error", "-y"],
      ...["-f", "lavfi", "-i", `testsrc2=s=1920x1080:r=25:d=${filmSeconds}`],
      ...["-f", "lavfi", "-i", `sine=d=${filmSeconds}`],
      ...["-vf", "noise=alls=6:allf=t", "-c:v", "libx264", "-preset", "ultrafast", "-b:v", "10M"],
      ...["-pix_fmt", "yuv420p", "-c:a", "aac", "-movflags", "+faststart", file],
    ],
    { signal: bench.signal },
  );
  return file;
}
