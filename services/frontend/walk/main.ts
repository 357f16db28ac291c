import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { parseArgs } from "node:util";

import { NoBrowser, findChromium } from "./browser.ts";
import { makeFilm } from "./films/make-film.ts";
import { scenes } from "./films/scenes.ts";
import { walk } from "./walk.ts";
import type { WalkOptions } from "./way.ts";

const help = `Goes a person's way through the page in Chromium, and says what held: a JSON line for each statement.

  node --import tsx services/frontend/walk/main.ts --url URL --email EMAIL [--clip FILE]...

  --url URL            address of the page
  --email EMAIL        account to sign in with; its password is read from MAM_PASSWORD, or from standard input
  --clip FILE          film to upload; several times for several. The first is paused, cut off and resumed.
                       Without it six are made, which takes ffmpeg on the PATH and some minutes
  --pictures DIR       puts library.png and player.png there, 1280 by 800
  --expired-link URL   a share link that has expired; without it, one whose end was changed
  --chromium FILE      the browser; without it CHROMIUM_PATH, or the PATH

Exit code: 0 all held, 1 something did not, 2 the command line or the machine is not right for it.

Example:
  MAM_PASSWORD=... node --import tsx services/frontend/walk/main.ts \\
    --url http://mam.demo.localhost:8080 --email ada@example.com --clip film.mov
`;

const options = {
  help: { type: "boolean", short: "h", default: false },
  url: { type: "string" },
  email: { type: "string" },
  clip: { type: "string", multiple: true },
  pictures: { type: "string" },
  "expired-link": { type: "string" },
  chromium: { type: "string" },
} as const;

/** A command line that cannot be understood. */
class UsageError extends Error {
  override readonly name = "UsageError";
}

type Values = ReturnType<typeof readValues>;

function readValues() {
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

async function optionsOf(values: Values): Promise<Omit<WalkOptions, "clips">> {
  const { url, email, pictures, "expired-link": expiredLink } = values;
  if (url === undefined || email === undefined)
    throw new UsageError("--url and --email are needed. Run it with --help for an example.");
  return {
    url,
    email,
    password: process.env.MAM_PASSWORD ?? (await text(process.stdin)).trim(),
    ...(pictures !== undefined && { picturesTo: pictures }),
    ...(expiredLink !== undefined && { expiredLink }),
  };
}

/** Makes a film of each scene: one of many parts, and shorter ones. */
async function makeFilms(directory: string): Promise<string[]> {
  const paths: string[] = [];
  for (const scene of scenes) {
    const path = join(directory, `${scene.name}.mov`);
    process.stderr.write(`making ${scene.name}\n`);
    const bitrate = paths.length === 0 ? 40e6 : 6e6;
    await makeFilm({ ffmpeg: "ffmpeg", scene, seconds: 12 + 5 * paths.length, bitrate, path });
    paths.push(path);
  }
  return paths;
}

async function main(): Promise<number> {
  const values = readValues();
  if (values.help) {
    process.stdout.write(help);
    return 0;
  }
  const program = values.chromium ?? findChromium(process.env);
  const directory = await mkdtemp(join(tmpdir(), "walk-"));
  try {
    const withoutClips = await optionsOf(values);
    const clips = values.clip ?? (await makeFilms(directory));
    const statements = await walk({ ...withoutClips, clips }, program, (statement) =>
      process.stdout.write(`${JSON.stringify(statement)}\n`),
    );
    return statements.every(({ held }) => held) ? 0 : 1;
  } finally {
    await rm(directory, { recursive: true });
  }
}

process.exitCode = await main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  return error instanceof NoBrowser || error instanceof UsageError ? 2 : 1;
});
