import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, beforeEach, test } from "node:test";

import { GetObjectCommand } from "@aws-sdk/client-s3";
import type { Page } from "playwright-core";

import { clockAdvances } from "../../frontend/walk/way.ts";
import { makeClip } from "../../worker/clips/make.ts";
import { aac, h264, picture, tone } from "../../worker/clips/table/sources.ts";
import { engines, skipWithout } from "../../local/engines.ts";
import { type SlowFfmpeg, slowFfmpeg } from "../worker/support/slow-ffmpeg.ts";
import { type Visitor, aVisitor, signIn } from "./support/visitor.ts";
import { type WholePlatform, startWholePlatform } from "../../local/whole-platform.ts";

const skip = skipWithout("chromium", "ffmpeg", "postgres", "pgbouncer", "valkey");

/** Seconds of a film; its preview takes as long to be made, by an ffmpeg that reads no faster than it plays. */
const length = 12;

/** Seconds of a link that ends while such a film plays. */
const shortLife = 4;

/** Seconds of a link that somebody opens in another browser before it ends. */
const longEnough = 20;

let platform: WholePlatform;
let visitor: Visitor;
let ffmpeg: SlowFfmpeg;
let films: string;

if (skip === false) {
  before(async () => {
    films = await mkdtemp(join(tmpdir(), "films-"));
    ffmpeg = await slowFfmpeg();
    platform = await startWholePlatform({ told: { worker: { FFMPEG_PATH: ffmpeg.program } } });
  });
  after(async () => {
    await platform.close();
    await ffmpeg.remove();
    await rm(films, { recursive: true });
  });
  beforeEach(async () => {
    visitor = await aVisitor();
  });
}
const ends = () => visitor.close();

/** Makes a film, uploads it, and opens it as soon as it can be watched. @returns the asset */
async function openFilm(name: string): Promise<string> {
  const { page } = visitor;
  const file = `${name}.mp4`;
  const path = join(films, file);
  const make = [...picture(`s=320x180:r=25:d=${length}`), ...tone(length), ...h264, ...aac];
  await writeFile(path, await makeClip(engines.found.ffmpeg?.program ?? "ffmpeg", { file, make }));
  await signIn(page, platform);
  await page.locator("header .file-input").setInputFiles(path);
  await page.getByRole("link", { name, exact: true }).click();
  await page.locator("video").waitFor({ timeout: 90_000 });
  return new URL(page.url()).pathname.split("/").at(-1) ?? "";
}

/** The playlist of an asset, as it stands in storage. */
async function playlistOf(asset: string): Promise<string> {
  const { root, buckets } = platform.storage;
  const Key = `${asset}/hls/720p/playlist.m3u8`;
  const { Body } = await root.send(new GetObjectCommand({ Bucket: buckets.previews, Key }));
  return (await Body?.transformToString()) ?? "";
}

/** Waits until a film has ended. @returns what was played of it, as ranges of seconds. */
async function playedToItsEnd(page: Page): Promise<{ played: number[][]; duration: number }> {
  const video = page.locator("video");
  return await video.evaluate(async (element: HTMLVideoElement) => {
    if (!element.ended)
      await new Promise((resolve) => {
        element.addEventListener("ended", resolve, { once: true });
      });
    const { played, duration } = element;
    const ranges = Array.from({ length: played.length }, (_, index) => [
      played.start(index),
      played.end(index),
    ]);
    return { played: ranges, duration };
  });
}

function assertWhole({ played, duration }: Awaited<ReturnType<typeof playedToItsEnd>>): void {
  assert.ok(Math.abs(duration - length) < 0.2, `it lasted ${duration} s`);
  const [[start = 1, end = 0] = [], ...others] = played;
  // hls.js begins a tenth of a second after the first sample of the sound.
  assert.ok(start < 0.2 && duration - end < 0.1 && others.length === 0, JSON.stringify(played));
}

test("a film plays while its preview is made, and on to its end", { skip }, async (t) => {
  t.after(ends);
  const asset = await openFilm("While it is made");

  await visitor.page.keyboard.press("k");
  await clockAdvances(visitor.page, 1);

  assert.doesNotMatch(await playlistOf(asset), /ENDLIST/);
  assertWhole(await playedToItsEnd(visitor.page));
  assert.match(await playlistOf(asset), /ENDLIST/);
});

/** What the page is made to believe about the time. */
const clocks = [
  { whose: "right", slow: 0 },
  { whose: "an hour slow", slow: 3600 },
];

for (const { whose, slow } of clocks)
  test(`a film goes on when its links end, also where a clock is ${whose}`, { skip }, async (t) => {
    t.after(ends);
    await platform.replaceApi({ SHARE_LINK_TTL_SECONDS: String(shortLife) });
    t.after(() => platform.replaceApi({}));
    const { page } = visitor;
    await page.addInitScript((seconds) => {
      const { now } = Date;
      Date.now = () => now() - seconds * 1000;
    }, slow);
    const links = new Set<string>();
    page.on("response", (response) => {
      const [, expires] = /\/m\/(\d+)\/.*\.ts$/.exec(response.url()) ?? [];
      if (expires !== undefined && response.ok()) links.add(expires);
    });
    await openFilm(`A clock that is ${whose}`);

    await page.keyboard.press("k");

    assertWhole(await playedToItsEnd(page));
    assert.ok(links.size > 1, `segments came by one link: ${[...links].join()}`);
  });

test(
  "a link that was shared plays for others until it ends, and not after",
  { skip },
  async (t) => {
    t.after(ends);
    await platform.replaceApi({ SHARE_LINK_TTL_SECONDS: String(longEnough) });
    t.after(() => platform.replaceApi({}));
    await openFilm("To be shared");
    const other = await aVisitor();
    t.after(() => other.close());

    await visitor.page.getByRole("button", { name: "Share", exact: true }).click();
    const link = await visitor.page.getByRole("dialog").getByLabel("Link").inputValue();
    const playlist = other.page.waitForResponse(/\/hls\/master\.m3u8$/);
    await other.page.goto(link);
    await other.page.locator("video").waitFor();
    await other.page.keyboard.press("k");
    await clockAdvances(other.page, 1);
    assert.equal((await playlist).status(), 200);

    const expires = Number(/\/s\/(\d+)\//.exec(link)?.[1]);
    await other.page.waitForFunction((end) => Date.now() > end, (expires + 1) * 1000);
    const refused = await other.page.evaluate(
      async (address) => (await fetch(address, { cache: "no-store" })).status,
      (await playlist).url(),
    );
    assert.equal(refused, 403);
    await other.page.goto(link);
    await other.page.getByRole("heading", { name: "This link has expired" }).waitFor();
    assert.equal(await other.page.locator("video").count(), 0);
  },
);
