import axe from "axe-core";
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  type Page,
  chromium,
} from "playwright-core";

import { findEngines, skipReason } from "@mam-infra/engines";

/** Somebody with Chromium, or why there is none. */
export type Visitor =
  { readonly browser: Browser; close(): Promise<void> } | { readonly lacking: string };

/** Starts Chromium. @throws Error when it is missing and `MAM_REQUIRE_ENGINES` is set. */
export async function aVisitor(): Promise<Visitor> {
  const engines = await findEngines({ only: ["chromium"] });
  const { program } = engines.found.chromium ?? {};
  if (program === undefined) {
    return { lacking: skipReason(engines, ["chromium"]) ?? "Chromium is missing" };
  }
  const browser = await chromium.launch({
    executablePath: program,
    args: [...(process.getuid?.() === 0 ? ["--no-sandbox"] : []), "--disable-gpu"],
  });
  return { browser, close: () => browser.close() };
}

/** Milliseconds that something of a page may take: five minutes, for a machine that is busy with other tests. */
const patience = 300_000;

/** A browser's context that nothing of a page is too slow for. */
export async function aContext(
  browser: Browser,
  options: BrowserContextOptions = {},
): Promise<BrowserContext> {
  const context = await browser.newContext(options);
  context.setDefaultTimeout(patience);
  return context;
}

/** Everything that a page asked for and was told, as text. */
export interface Overheard {
  readonly requests: readonly string[];
  readonly errors: readonly string[];
  /** Every address, header and body, of both ways. */
  text(): Promise<string>;
}

/** Listens to a page from before its first request. */
export function overhear(page: Page): Overheard {
  const [requests, errors, said]: [string[], string[], Promise<string>[]] = [[], [], []];
  // A page asks for more until it is closed, and what it is told then cannot be heard any more.
  const hear = (text: Promise<string>) => said.push(text.catch(() => ""));
  page.on("console", (message) => {
    if (message.type() === "error") errors.push(message.text());
  });
  page.on("pageerror", (error) => errors.push(error.message));
  page.on("request", (request) => {
    requests.push(request.url());
    hear(request.allHeaders().then((headers) => JSON.stringify([request.url(), headers])));
  });
  page.on("response", (response) => {
    const body = response.text().catch(() => "");
    hear(Promise.all([body, response.allHeaders()]).then((all) => JSON.stringify(all)));
  });
  return {
    requests,
    errors,
    text: async () => (await Promise.all(said)).join("\n"),
  };
}

/** What keeps out who uses a keyboard or a screen reader, as far as axe knows: a line for each. */
export async function barriers(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  return page.evaluate<string[]>(
    `axe.run(document, { resultTypes: ["violations"] }).then(({ violations }) =>
      violations.map(({ id, nodes }) => id + ": " + nodes.map(({ html }) => html.slice(0, 120)).join(" ")))`,
  );
}

/** Waits until nothing of the page is being asked for any more. */
export async function wholePage(page: Page): Promise<void> {
  await page.locator("figure.chart").first().waitFor();
  await page.locator('section[data-state~="reading"]').first().waitFor({ state: "detached" });
}
