import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs, promisify } from "node:util";

import { engines, skipWithout } from "../../local/engines.ts";
import { ffmpeg } from "../../__tests__/worker/support/engines.ts";
import { startStorage } from "../../__tests__/worker/support/storage.ts";
import { type FilmPlayer, startFilmPlayer } from "../../frontend/walk/playing/player.ts";
import { playPreview } from "./browser.ts";
import { judge } from "./judge.ts";
import { pageOf } from "./page.ts";
import { previewClip } from "./previews.ts";
import { type Row, isAsExpected } from "./row.ts";
import { clips } from "./table.ts";

const help = `Makes every clip and its preview, plays it in a browser, and prints what came out as a page of Markdown.

  npm run clips -- [--write] [DIR]

  DIR      keeps the files there, <clip>/<file> and <clip>/preview/...; without it they are removed
  --write  writes docs/clips.md instead of printing it

Exit code: 0 all came out as expected, 1 something did not. It takes about two minutes.

Example:
  npm run clips -- /tmp/clips > clips.md
`;

const target = fileURLToPath(new URL("../../../docs/clips.md", import.meta.url));

const { values, positionals } = parseArgs({
  options: {
    help: { type: "boolean", short: "h", default: false },
    write: { type: "boolean", default: false },
  },
  allowPositionals: true,
});
if (values.help) process.stdout.write(help);
else await printClips(positionals[0]);

async function printClips(named: string | undefined): Promise<void> {
  const directory = named ?? (await mkdtemp(join(tmpdir(), "clips-")));
  const chromium = engines.found.chromium?.program;
  const player = chromium === undefined ? undefined : await startFilmPlayer(chromium, directory);
  try {
    const rows = await makeRows(directory, player);
    const page = pageOf(rows, await versionOfFfmpeg(), player?.version ?? lackOfChromium());
    if (values.write) await writeFile(target, page);
    else process.stdout.write(page);
    if (!rows.every(isAsExpected)) process.exitCode = 1;
  } finally {
    await player?.close();
    if (named === undefined) await rm(directory, { recursive: true });
  }
}

async function makeRows(directory: string, player: FilmPlayer | undefined): Promise<Row[]> {
  const storage = await startStorage();
  try {
    const rows: Row[] = [];
    for (const clip of clips) {
      process.stderr.write(`${clip.what}\n`);
      const result = await previewClip(clip, storage, { ffmpeg, directory });
      const judgement = await judge(ffmpeg, result);
      rows.push({ judgement, played: player && (await playPreview(player, judgement)) });
    }
    return rows;
  } finally {
    await storage.close();
  }
}

const lackOfChromium = () => `not run: ${String(skipWithout("chromium"))}`;

/** Such as `ffmpeg 5.1.9-0+deb12u1`. */
async function versionOfFfmpeg(): Promise<string> {
  const { stdout } = await promisify(execFile)(ffmpeg, ["-version"]);
  return `ffmpeg ${/version (\S+)/.exec(stdout)?.[1] ?? "of an unknown version"}`;
}
