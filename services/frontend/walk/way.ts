import type { BrowserContext, CDPSession, Page } from "playwright-core";

import type { Network } from "./network.ts";
import type { Observer } from "./observer.ts";
import type { Statements } from "./statements.ts";

/** What the parts of the way share. */
export interface Way {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly network: Network;
  readonly observer: Observer;
  readonly statements: Statements;
  readonly options: WalkOptions;
}

/** What a walk needs to know. */
export interface WalkOptions {
  /** Address of the page. */
  readonly url: string;
  readonly email: string;
  readonly password: string;
  /** Films to upload. The first is paused, cut off and resumed on its way. */
  readonly clips: readonly string[];
  /** Folder for pictures of the library and of the player; none are taken without it. */
  readonly picturesTo?: string;
  /** A share link that has expired, signed by the platform; without it one whose end was changed. */
  readonly expiredLink?: string;
}

/** Longest that a preview may take to begin, or a film to go on, in milliseconds: nothing depends on how long it takes. */
export const previewTimeout = 180_000;

/** Slows what leaves the browser, so that something can happen in the middle of it. @returns makes it fast again */
export async function slowUploads(
  page: Page,
  bytesPerSecond: number,
): Promise<() => Promise<void>> {
  const session: CDPSession = await page.context().newCDPSession(page);
  const limit = async (uploadThroughput: number) => {
    await session.send("Network.emulateNetworkConditions", {
      offline: false,
      latency: 0,
      downloadThroughput: -1,
      uploadThroughput,
    });
  };
  await session.send("Network.enable");
  await limit(bytesPerSecond);
  return async () => {
    await limit(-1);
    await session.detach();
  };
}

/** Plays a video by its key, once the page has it ready: a key that comes before is nobody's. */
export async function play(page: Page): Promise<void> {
  await page.locator("video").waitFor({ timeout: previewTimeout });
  await page.waitForFunction(
    () => (document.querySelector("video")?.readyState ?? 0) >= HTMLMediaElement.HAVE_METADATA,
    undefined,
    { timeout: previewTimeout },
  );
  await page.keyboard.press("k");
}

/** Waits until a video's clock has gone on by so many seconds. @returns where it is */
export async function clockAdvances(page: Page, seconds: number): Promise<number> {
  const video = page.locator("video");
  const start = await video.evaluate((element: HTMLVideoElement) => element.currentTime);
  await page.waitForFunction(
    (until) => (document.querySelector("video")?.currentTime ?? 0) >= until,
    start + seconds,
    { timeout: previewTimeout },
  );
  return await video.evaluate((element: HTMLVideoElement) => element.currentTime);
}
