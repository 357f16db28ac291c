import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { execa } from "execa";
import { type Browser, chromium } from "playwright-core";

import { abortedBy } from "../operations/context/signals.ts";
import { environmentNamed, orExplain } from "../rehearsal/command/entry.ts";
import { CannotRehearse } from "../rehearsal/harness/workspace.ts";
import { type RunningPlatform, startRunningPlatform } from "../rehearsal/platform/running.ts";

/**
 * Takes the pictures of the page of `mam dashboard open` anew: `npm run pictures`, about three minutes. It deploys staging as
 * programs that run, uses it for a while, and photographs the page as a desk and a phone show it. The pictures of the
 * services: `npm run pictures` in services/.
 */
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";

/** The pictures, and the screens that they are taken on. */
const pictures = [
  { name: "dashboard", width: 1280, height: 1440, colorScheme: "light" },
  { name: "dashboard-phone", width: 390, height: 1440, colorScheme: "dark" },
] as const;

/** A quarter of the bytes of PNG, and nothing of it to be seen. */
const webp = ["-c:v", "libwebp", "-quality", "84", "-compression_level", "6"];

/** Seconds, by the platform's time, of use that the charts show. */
const used = 2 * 3600;

const tell = (progress: string) => process.stderr.write(`· ${progress}\n`);

await orExplain(async () => {
  const interruption = abortedBy(["SIGINT", "SIGTERM"]);
  const environment = environmentNamed("staging");
  const platform = await startRunningPlatform({ environment, tell, interruption });
  if ("lacking" in platform) throw new CannotRehearse(platform.lacking);
  const directory = mkdtempSync(join(tmpdir(), "mam-pictures-"));
  try {
    const { chromium: found } = platform.parts;
    if ("lacking" in found) throw new CannotRehearse(found.lacking);
    const browser = await chromium.launch({
      executablePath: found.program,
      args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
    });
    await photograph(platform, browser, directory).finally(() => browser.close());
  } finally {
    await platform.end();
    rmSync(directory, { recursive: true });
  }
});

async function photograph(platform: RunningPlatform, browser: Browser, directory: string) {
  const { cloud, dashboard, parts } = platform;
  tell("using it, which takes two minutes: the page is open, so that it is measured");
  const watcher = await browser.newPage();
  await watcher.goto(dashboard.url);
  await watcher.locator("figure.chart").first().waitFor();
  const until = cloud.clock.now().getTime() + used * 1000;
  while (cloud.clock.now().getTime() < until) {
    await platform.use(5);
    await cloud.clock.sleep(600 * Math.random());
  }
  for (const { name, width, height, colorScheme } of pictures) {
    const viewport = { width, height };
    const page = await browser.newPage({ viewport, colorScheme, deviceScaleFactor: 1.5 });
    await page.goto(dashboard.url);
    await page.getByText("staging is well.").waitFor();
    await page.locator("figure.chart canvas").first().waitFor();
    const file = join(directory, `${name}.png`);
    await page.screenshot({ path: file });
    await execa(parts.ffmpeg, [
      "-v",
      "error",
      "-y",
      "-i",
      file,
      ...webp,
      `docs/pictures/${name}.webp`,
    ]);
    tell(`docs/pictures/${name}.webp`);
  }
}
