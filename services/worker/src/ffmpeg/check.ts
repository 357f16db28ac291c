import { EnvironmentError } from "@mam-services/common/environment";

import { runFfmpeg } from "./run.ts";

/** What a build of ffmpeg has to have. Everything else that is used is in every build. */
const encoders = ["libx264", "aac", "mjpeg"];

/** Milliseconds that ffmpeg may take to say what it can. */
const answerWithin = 30_000;

/**
 * Checks at the start that previews can be made: otherwise every job would be tried in vain, and given up.
 *
 * @throws EnvironmentError with what is missing.
 */
export async function checkFfmpeg(program: string): Promise<void> {
  const signal = AbortSignal.timeout(answerWithin);
  const lines: string[] = [];
  const onLine = (line: string) => void lines.push(line);
  const args = ["-hide_banner", "-encoders"];
  try {
    await runFfmpeg({ program, args, signal, onLine });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new EnvironmentError(
      `ffmpeg does not run (${why}): install it, or name it in FFMPEG_PATH, which is ${program}`,
    );
  }
  const missing = encoders.filter((name) => !lines.some((line) => line.includes(` ${name} `)));
  if (missing.length === 0) return;
  throw new EnvironmentError(
    `${program} has no ${missing.join(", ")}: name a build of ffmpeg with it in FFMPEG_PATH, such as Debian's`,
  );
}
