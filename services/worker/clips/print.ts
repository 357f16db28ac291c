/**
 * Makes every clip and its preview, and prints what came out as a table in Markdown. Files go to the directory that is
 * named, `<clip>/<file>` and `<clip>/preview/…`; without one they are removed again.
 *
 * npm run clips -- /tmp/clips > clips.md
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { ffmpeg } from "../../__tests__/worker/support/engines.ts";
import { startStorage } from "../../__tests__/worker/support/storage.ts";
import { type Judgement, judge } from "./judge.ts";
import { previewClip } from "./previews.ts";
import { clips } from "./table.ts";

const heading = [
  "| Clip | What came of it | Size | Frames | Seconds | As expected |",
  "| --- | --- | --- | --- | --- | --- |",
];

const [named] = process.argv.slice(2);
const directory = named ?? (await mkdtemp(join(tmpdir(), "clips-")));
const storage = await startStorage();
try {
  console.log(heading.join("\n"));
  for (const clip of clips) {
    const judgement = await judge(ffmpeg, await previewClip(clip, storage, { ffmpeg, directory }));
    console.log(rowOf(judgement));
    if (judgement.deviations.length > 0) process.exitCode = 1;
  }
} finally {
  await storage.close();
  if (named === undefined) await rm(directory, { recursive: true });
}

function rowOf({ result, measured, deviations }: Judgement): string {
  const { clip, media, reason = "" } = result;
  const verdict = deviations.length === 0 ? "yes" : `**no**: ${deviations.join("; ")}`;
  if (!measured || !media) return `| ${clip.what} | refused: ${reason} | | | | ${verdict} |`;
  const { master, film } = measured;
  const size = `${master.film.picture.width}×${master.film.picture.height} → ${media.width}×${media.height}`;
  const frames = `${master.frames} → ${film.frames}`;
  const seconds = `${master.seconds.toFixed(3)} → ${film.seconds.toFixed(3)}`;
  const what = media.hasAudio ? "preview with sound" : "preview without sound";
  return `| ${clip.what} | ${what} | ${size} | ${frames} | ${seconds} | ${verdict} |`;
}
