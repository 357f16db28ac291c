import { once } from "node:events";

import type { Session } from "../context/session.ts";
import { openInBrowser } from "./serve/browser.ts";
import { type PageOptions, servePage } from "./serve/server.ts";

/** How the page is opened. */
export interface OpenOptions extends PageOptions {
  /** Whether the person's browser is started. */
  readonly browser: boolean;
}

/**
 * Serves the page until the command is interrupted.
 *
 * @param ready is called with the page's address once it can be opened.
 * @throws NotConfigured without a DigitalOcean token, and for a port that cannot be had.
 */
export async function openPage(
  session: Session,
  { browser, ...options }: OpenOptions,
  ready: (url: string) => void,
): Promise<void> {
  const page = await servePage(session, options);
  try {
    ready(page.url);
    if (browser) openInBrowser(page.ticket, session.variables);
    if (!session.interruption.aborted) await once(session.interruption, "abort");
  } finally {
    await page.close();
  }
}
