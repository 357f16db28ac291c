import { createRequire } from "node:module";
import { readFile } from "node:fs/promises";

import type { BrowserContext, Page } from "playwright-core";

/** What browsers write when a request fails because the walk itself cut the network. */
const cutWords =
  /net::ERR_(?:INTERNET_DISCONNECTED|NETWORK_CHANGED|CONNECTION_RESET|EMPTY_RESPONSE|PROXY_CONNECTION_FAILED|SOCKET_NOT_CONNECTED)/;

/** Watches pages: errors in the console, exceptions, and what the content security policy had to forbid. */
export class Observer {
  readonly errors: string[] = [];
  readonly violations: string[] = [];
  /** Faults that axe finds, by page. */
  readonly faults: string[] = [];
  /** Part numbers that storage took, in the order of its answers. */
  readonly partsTaken: string[] = [];

  /** Watches all pages of a context, from before their first line runs. */
  async watch(context: BrowserContext): Promise<void> {
    await context.exposeFunction("mamViolation", (words: string) => this.violations.push(words));
    await context.addInitScript(() => {
      document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) => {
        const { mamViolation } = globalThis as unknown as { mamViolation: (words: string) => void };
        mamViolation(`${violatedDirective}: ${blockedURI}`);
      });
    });
    context.on("page", (page) => {
      this.#watchPage(page);
    });
  }

  /** Errors that the walk did not cause itself. */
  get unexpected(): readonly string[] {
    return this.errors.filter((words) => !cutWords.test(words));
  }

  /** Forgets the errors of a request that the walk meant to be refused. */
  forgive(pattern: RegExp): void {
    const kept = this.errors.filter((words) => !pattern.test(words));
    this.errors.splice(0, this.errors.length, ...kept);
  }

  /** Looks for what keeps people out who use a keyboard, a screen reader or a large print. */
  async examine(page: Page, where: string): Promise<void> {
    await page.evaluate(await axeSource());
    const found = await page.evaluate(async () => {
      const { axe } = globalThis as unknown as { axe: typeof import("axe-core") };
      const { violations } = await axe.run(document, { resultTypes: ["violations"] });
      return violations.map(({ id, help, nodes }) => `${id}: ${help} (${nodes[0]?.html ?? ""})`);
    });
    this.faults.push(...found.map((words) => `${where}: ${words}`));
  }

  #watchPage(page: Page): void {
    page.on("console", (message) => {
      if (message.type() === "error")
        this.errors.push(`${message.text()} ${withoutQuery(message.location().url)}`);
    });
    page.on("pageerror", (error) => this.errors.push(error.stack ?? error.message));
    page.on("response", (response) => {
      const number = new URL(response.url()).searchParams.get("partNumber");
      const isPart = number !== null && response.request().method() === "PUT";
      if (isPart && response.ok()) this.partsTaken.push(number);
    });
  }
}

/** An address without what may be a signature. */
const withoutQuery = (address: string) => address.replace(/\?.*/, "");

let source: Promise<string> | undefined;

/** The program of axe; it is run by the browser's debugger, which no policy of a page keeps out. */
function axeSource(): Promise<string> {
  source ??= readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
  return source;
}
