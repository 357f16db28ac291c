import { basename, join } from "node:path";

import type { Page } from "playwright-core";

import { type Way, clockAdvances, play, previewTimeout } from "./way.ts";

const titleOf = (clip: string) => basename(clip).replace(/\.\w+$/, "");

const cardOf = (page: Page, clip: string) =>
  page
    .locator(".card")
    .filter({ has: page.getByRole("link", { name: titleOf(clip), exact: true }) })
    .first();

/** A person watches a film. */
export async function watch(way: Way, clip: string): Promise<void> {
  const { page, statements, observer } = way;

  await statements.by("a film can be opened from the library by keyboard", async () => {
    await cardOf(page, clip).getByRole("link").focus();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: titleOf(clip) }).waitFor();
  });

  await statements.by("a preview plays: its clock advances", async () => {
    await play(page);
    await clockAdvances(page, 2);
  });
  await observer.examine(page, "player");

  await statements.by("a jump to another place of the film goes on from there", async () => {
    await page.locator("video").evaluate((video: HTMLVideoElement) => {
      video.currentTime = video.duration * 0.6;
    });
    await clockAdvances(page, 1);
  });
}

/** The library has pictures of its films. */
export async function seeLibrary(way: Way): Promise<void> {
  const { page, statements, observer, options } = way;
  await statements.by(
    "the library shows every film that was uploaded, with a picture and its length",
    async () => {
      await page.getByRole("link", { name: "Library" }).first().click();
      for (const clip of options.clips) {
        const card = cardOf(page, clip);
        await card.locator(".card-duration").waitFor({ timeout: previewTimeout });
        await card.locator("img").evaluate(async (image: HTMLImageElement) => image.decode());
      }
    },
  );
  await observer.examine(page, "library");
}

/** Takes pictures for people who have not seen it. */
export async function takePictures(way: Way): Promise<void> {
  const { page, options } = way;
  const [clip = ""] = options.clips;
  if (options.picturesTo === undefined) return;
  const picture = (name: string) => ({ path: join(options.picturesTo ?? "", name) });
  await page.mouse.move(0, 0);
  await page.screenshot(picture("library.png"));
  await cardOf(page, clip).getByRole("link").click();
  const video = page.locator("video");
  await video.waitFor();
  await page.waitForFunction(() => (document.querySelector("video")?.readyState ?? 0) >= 3);
  await video.evaluate(async (element: HTMLVideoElement) => {
    const seeked = new Promise((resolve) => {
      element.addEventListener("seeked", resolve, { once: true });
    });
    element.currentTime = element.duration * 0.38;
    await seeked;
  });
  await page.mouse.move(0, 0);
  await page.waitForTimeout(400);
  await page.screenshot(picture("player.png"));
}
