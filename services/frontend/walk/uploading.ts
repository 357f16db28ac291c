import { stat } from "node:fs/promises";
import { basename } from "node:path";

import type { Locator, Page } from "playwright-core";

import { type Way, slowUploads } from "./way.ts";

/** Parts that the page has on their way at a time: with more of them, some are whole when it is loaded again. */
const partsAtATime = 4;

/** Seconds that the first upload takes at least: time for what happens on its way. */
const slowSeconds = 12;

const rowOf = (page: Page, clip: string): Locator =>
  page.locator(".upload").filter({ hasText: basename(clip) });

const choose = async (page: Page, clip: string) => {
  await page.locator("header .file-input").setInputFiles(clip);
};

/** A person uploads a film, over a network that is slow and breaks, and loads the page again in the middle. */
export async function uploadThroughTrouble(way: Way, clip: string): Promise<void> {
  const { page, context, network, statements, observer } = way;
  const { size } = await stat(clip);
  let restore = await slowUploads(page, size / slowSeconds);
  const row = rowOf(page, clip);
  let takenBefore = 0;
  const reach = (percent: number) => progressReaches(page, basename(clip), percent);

  await statements.by(
    "an upload shows how far it is, how fast, and how long it will take",
    async () => {
      await choose(page, clip);
      await row.getByText(/ of .+\/s, .+ left/).waitFor();
      await reach(15);
    },
  );

  await statements.by("an upload is paused and goes on", async () => {
    await page.getByRole("button", { name: `Pause ${basename(clip)}` }).click();
    await row.getByText(/^Paused at/).waitFor();
    await page.getByRole("button", { name: `Resume ${basename(clip)}` }).click();
    await reach(20);
  });

  await statements.by(
    "an upload survives a cut of the network, and goes on by itself",
    async () => {
      await context.setOffline(true);
      network.cut();
      await row.getByText("You are offline").waitFor();
      network.mend();
      await context.setOffline(false);
      await reach(70);
    },
  );

  await statements.by(
    "an upload survives a reload: the file is chosen again, and it goes on",
    async () => {
      await restore();
      restore = await slowUploads(page, size / slowSeconds);
      takenBefore = observer.partsTaken.length;
      page.once("dialog", (dialog) => void dialog.accept());
      await page.reload();
      await row.getByText("Choose the file again").waitFor();
      await choose(page, clip);
      await restore();
      await row
        .locator(".upload-state")
        .filter({ hasText: "uploaded" })
        .waitFor({ timeout: 120_000 });
    },
  );

  const twice = observer.partsTaken.filter((part, index, all) => all.indexOf(part) !== index);
  statements.state(
    "no part that storage had was sent again",
    twice.length > 0 && `sent again: ${twice.join(", ")}`,
    observer.partsTaken.length > partsAtATime && takenBefore === 0 && "none was there before",
  );
}

/** A person uploads several films at once. */
export async function uploadSeveral(
  { page, statements }: Way,
  clips: readonly string[],
): Promise<void> {
  if (clips.length === 0) return;
  await statements.by("several films are uploaded at once", async () => {
    await page.locator("header .file-input").setInputFiles([...clips]);
    for (const clip of clips)
      await rowOf(page, clip)
        .locator(".upload-state")
        .filter({ hasText: "uploaded" })
        .waitFor({ timeout: 120_000 });
  });
}

/** Takes what is done off the list of uploads. */
export async function clearUploads({ page }: Way): Promise<void> {
  const clear = page.getByRole("button", { name: /^Clear / });
  while ((await clear.count()) > 0) await clear.first().click();
}

async function progressReaches(page: Page, name: string, percent: number): Promise<void> {
  await page.waitForFunction(
    ([label, least]) => {
      const bar = document.querySelector<HTMLProgressElement>(`progress[aria-label="${label}"]`);
      return bar !== null && bar.value >= least;
    },
    [`Progress of ${name}`, percent] as const,
    { timeout: 60_000 },
  );
}
