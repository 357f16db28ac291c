import type { BrowserContext, Page } from "playwright-core";

import { startBrowser } from "../../../frontend/walk/browser.ts";
import { type Network, layNetwork } from "../../../frontend/walk/network.ts";
import { Observer } from "../../../frontend/walk/observer.ts";
import { engines } from "../../../local/engines.ts";
import type { WholePlatform } from "../../../local/whole-platform.ts";

/** Somebody with a browser of their own. */
export interface Visitor {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly network: Network;
  readonly observer: Observer;
  close(): Promise<void>;
}

/** A browser with a page that is empty yet. */
export async function aVisitor(): Promise<Visitor> {
  const network = await layNetwork();
  const browser = await startBrowser(engines.found.chromium?.program ?? "", network.proxy);
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    permissions: ["clipboard-read", "clipboard-write"],
  });
  const observer = new Observer();
  await observer.watch(context);
  return {
    page: await context.newPage(),
    context,
    network,
    observer,
    close: async () => {
      await browser.close();
      await network.close();
    },
  };
}

/** Signs in with the platform's account. */
export async function signIn(page: Page, { url, account }: WholePlatform): Promise<void> {
  await page.goto(url);
  await fillIn(page, account);
}

/** Fills in the form that asks who is there. */
export async function fillIn(page: Page, account: WholePlatform["account"]): Promise<void> {
  await page.getByLabel("Email").fill(account.email);
  await page.getByLabel("Password").fill(account.password);
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Sign out" }).waitFor();
}
