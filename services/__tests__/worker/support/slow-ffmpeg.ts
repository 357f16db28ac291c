import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { ffmpeg } from "./engines.ts";

/** The real ffmpeg, reading its input no faster than it plays: a clip of ten seconds takes ten, and little of the CPU. */
export interface SlowFfmpeg {
  readonly program: string;
  remove(): Promise<void>;
}

export async function slowFfmpeg(): Promise<SlowFfmpeg> {
  const directory = await mkdtemp(join(tmpdir(), "slow-ffmpeg-"));
  const program = join(directory, "ffmpeg");
  // The worker's check of the program has no input that could be slowed down.
  const script = `#!/bin/sh\ncase "$*" in *-encoders*) exec '${ffmpeg}' "$@";; esac\nexec '${ffmpeg}' -re "$@"\n`;
  await writeFile(program, script);
  await chmod(program, 0o755);
  return { program, remove: () => rm(directory, { recursive: true }) };
}
