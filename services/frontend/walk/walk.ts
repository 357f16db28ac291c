import type { Browser } from "playwright-core";

import { startBrowser } from "./browser.ts";
import { signOut } from "./leaving.ts";
import { type Network, layNetwork } from "./network.ts";
import { Observer } from "./observer.ts";
import { share } from "./sharing.ts";
import { signIn } from "./signing-in.ts";
import { type Statement, Statements, WayEnds } from "./statements.ts";
import { clearUploads, uploadSeveral, uploadThroughTrouble } from "./uploading.ts";
import { seeLibrary, takePictures, watch } from "./watching.ts";
import { type WalkOptions, type Way, previewTimeout } from "./way.ts";

/**
 * A person's way through the page in a real browser: sign in, upload through trouble, watch, share, sign out.
 *
 * @param program Chromium.
 * @param tell is told each statement as soon as it is known.
 * @returns all of them. Where one ends the way, those that would follow are missing.
 */
export async function walk(
  options: WalkOptions,
  program: string,
  tell: (statement: Statement) => void = () => undefined,
): Promise<readonly Statement[]> {
  const statements = new Statements(tell);
  const network = await layNetwork();
  const browser = await startBrowser(program, network.proxy);
  try {
    await goAllTheWay(browser, network, options, statements);
  } catch (error) {
    if (!(error instanceof WayEnds)) throw error;
  } finally {
    await browser.close();
    await network.close();
  }
  return statements.all;
}

async function goAllTheWay(
  browser: Browser,
  network: Network,
  options: WalkOptions,
  statements: Statements,
): Promise<void> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    permissions: ["clipboard-read", "clipboard-write"],
  });
  context.setDefaultTimeout(previewTimeout);
  const observer = new Observer();
  await observer.watch(context);
  const page = await context.newPage();
  const way: Way = { context, page, network, observer, statements, options };
  try {
    await goOn(way, browser);
  } finally {
    judge(observer, statements);
  }
}

async function goOn(way: Way, browser: Browser): Promise<void> {
  const [first = "", ...others] = way.options.clips;
  await signIn(way);
  await uploadThroughTrouble(way, first);
  await watch(way, first);
  await share(way, browser);
  await uploadSeveral(way, others);
  await clearUploads(way);
  await seeLibrary(way);
  await takePictures(way);
  await signOut(way);
}

/** What was watched all the way. */
function judge(observer: Observer, statements: Statements): void {
  statements.state("nothing was said to the console that is an error", ...observer.unexpected);
  statements.state("nothing was tried that the page's policy forbids", ...observer.violations);
  statements.state(
    "nothing keeps out who uses a keyboard or a screen reader, as far as axe knows",
    ...observer.faults,
  );
}
