import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { fillIn } from "../../__tests__/browser/support/visitor.ts";
import { type WholePlatform, startWholePlatform } from "../../local/whole-platform.ts";
import { engines, skipWithout } from "../../local/engines.ts";
import { startBrowser } from "./browser.ts";
import { makeFilm } from "./films/make-film.ts";
import { scenes } from "./films/scenes.ts";
import { layNetwork } from "./network.ts";
import { Observer } from "./observer.ts";
import { Statements } from "./statements.ts";
import { clearUploads, uploadSeveral } from "./uploading.ts";
import { seeLibrary, takePictures } from "./watching.ts";

/**
 * Takes the pictures of docs/pictures/ anew: `npm run pictures`, about three minutes. It starts the whole platform, makes
 * six films, uploads them, and photographs the library and the player.
 */
const target = fileURLToPath(new URL("../../../docs/pictures/", import.meta.url));

async function renewPictures(): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), "pictures-"));
  const platform = await startWholePlatform();
  try {
    const clips = await makeFilms(directory);
    await photograph(platform, clips, directory);
    await mkdir(target, { recursive: true });
    for (const name of ["library", "player"])
      await ffmpeg("-i", join(directory, `${name}.png`), ...webp, join(target, `${name}.webp`));
  } finally {
    await platform.close();
    await rm(directory, { recursive: true });
  }
}

/** A quarter of the bytes of PNG, and nothing of it to be seen. */
const webp = ["-c:v", "libwebp", "-quality", "84", "-compression_level", "6"];

async function ffmpeg(...args: readonly string[]): Promise<void> {
  const program = engines.found.ffmpeg?.program ?? "ffmpeg";
  await promisify(execFile)(program, ["-v", "error", "-y", ...args]);
}

async function makeFilms(directory: string): Promise<string[]> {
  const paths: string[] = [];
  for (const [index, scene] of scenes.entries()) {
    const path = join(directory, `${scene.name}.mov`);
    const seconds = 4 + 2 * index;
    await makeFilm({
      ffmpeg: engines.found.ffmpeg?.program ?? "ffmpeg",
      scene,
      seconds,
      bitrate: 6e6,
      path,
    });
    paths.push(path);
  }
  return paths;
}

async function photograph(
  { url, account }: WholePlatform,
  clips: readonly string[],
  picturesTo: string,
): Promise<void> {
  const network = await layNetwork();
  const browser = await startBrowser(engines.found.chromium?.program ?? "", network.proxy);
  try {
    const context = await browser.newContext({
      viewport: { width: 1280, height: 800 },
      deviceScaleFactor: 2,
      colorScheme: "light",
    });
    const page = await context.newPage();
    await page.goto(url);
    await fillIn(page, account);
    const options = { ...account, url, clips, picturesTo };
    const statements = new Statements(() => undefined);
    const way = { context, page, network, observer: new Observer(), statements, options };
    await uploadSeveral(way, clips);
    await clearUploads(way);
    await seeLibrary(way);
    await takePictures(way);
  } finally {
    await browser.close();
    await network.close();
  }
}

const lack = skipWithout("chromium", "ffmpeg", "postgres", "pgbouncer", "valkey");
if (lack !== false) {
  process.stderr.write(`${lack}\n`);
  process.exitCode = 2;
} else await renewPictures();
