import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

import type { Clip } from "./clip.ts";

const run = promisify(execFile);

/** Makes the file of a clip. */
export async function makeClip(
  ffmpeg: string,
  { file, make, change }: Pick<Clip, "file" | "make" | "change">,
): Promise<Buffer> {
  const directory = await mkdtemp(join(tmpdir(), "clip-"));
  try {
    const path = join(directory, file);
    await run(ffmpeg, ["-nostdin", "-loglevel", "error", "-y", ...make, path]);
    const bytes = await readFile(path);
    return change ? change(bytes) : bytes;
  } finally {
    await rm(directory, { recursive: true });
  }
}
