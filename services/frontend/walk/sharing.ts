import type { Browser, Page } from "playwright-core";

import { type Way, clockAdvances, play, previewTimeout } from "./way.ts";

/** A person shares the film that is open, and somebody without an account watches it. */
export async function share(way: Way, browser: Browser): Promise<void> {
  const { page, statements, observer, options } = way;
  const link = await statements.by(
    "a share link says until when it works, and can be copied",
    async () => {
      await page.getByRole("button", { name: "Share" }).click();
      const dialog = page.getByRole("dialog");
      await dialog.locator("time").waitFor();
      await dialog.getByRole("button", { name: "Copy" }).click();
      await dialog.getByRole("button", { name: "Copied" }).waitFor();
      return await page.evaluate(() => navigator.clipboard.readText());
    },
  );
  await observer.examine(page, "share");

  await statements.by("the dialog closes by Escape and gives the focus back", async () => {
    await page.keyboard.press("Escape");
    const focused = await page.evaluate(() => document.activeElement?.textContent ?? "");
    if (!focused.includes("Share")) throw new Error(`the focus is on "${focused}"`);
  });

  const guests = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  guests.setDefaultTimeout(previewTimeout);
  await observer.watch(guests);
  const guest = await guests.newPage();
  await statements.by("whoever has the link watches the film without an account", async () => {
    await guest.goto(link);
    await play(guest);
    await clockAdvances(guest, 2);
  });
  await observer.examine(guest, "shared film");

  await statements.by("an expired link is refused, and says so", async () => {
    await guest.goto(options.expiredLink ?? endedAnHourAgo(link));
    await guest.getByRole("heading", { name: "This link has expired" }).waitFor();
    if ((await guest.locator("video").count()) > 0) throw new Error("there is a player");
  });

  await statements.by(
    "a link that was cut when it was copied is refused, and says so",
    async () => {
      await guest.goto(link.slice(0, -50));
      await guest.getByRole("heading", { name: "This link is not valid" }).waitFor();
    },
  );

  await statements.by(
    "a link that was changed is refused by the edge, and the page says so",
    async () => {
      await guest.goto(changedSignature(link));
      await saysThatLinkIsInvalid(guest);
    },
  );
  observer.forgive(/403 |404 .*\/s\//);
  await guests.close();
}

async function saysThatLinkIsInvalid(guest: Page): Promise<void> {
  await guest.locator('[data-trouble="refused"]').waitFor();
}

/** The same link with an end in the past; its signature no longer fits either. */
function endedAnHourAgo(link: string): string {
  return link.replace(/\/s\/\d+\//, `/s/${Math.floor(Date.now() / 1000) - 3600}/`);
}

/** The same link with another signature. */
function changedSignature(link: string): string {
  return link.replace(/[0-9a-f]{64}/, (signature) => signature.replaceAll(/[0-7]/g, "8"));
}
