import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import type { BrowserContextOptions, Page } from "playwright-core";

import { production } from "../../../environments/production.ts";
import { runbookPages } from "../../../operations/runbook/pages.ts";
import { checked } from "../../support/environments.ts";
import {
  type Visitor,
  aContext,
  aVisitor,
  barriers,
  overhear,
} from "../dashboard-page/support/visitor.ts";

let directory: string;
let address: string;
let visitor: Visitor;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), "mam-runbook-page-"));
  const file = join(directory, "runbook.html");
  writeFileSync(file, runbookPages(checked(production))[1]!.content);
  address = pathToFileURL(file).href;
  visitor = await aVisitor();
}, 60_000);

afterAll(async () => {
  if ("browser" in visitor) await visitor.close();
  rmSync(directory, { recursive: true });
});

/** Opens the page in a browser of its own, and looks at it. */
async function visited(options: BrowserContextOptions, see: (tab: Page) => Promise<void>) {
  if ("lacking" in visitor) {
    console.warn(`not run: ${visitor.lacking}`);
    return;
  }
  const context = await aContext(visitor.browser, options);
  try {
    await see(await context.newPage());
  } finally {
    await context.close();
  }
}

test.each(["light", "dark"] as const)(
  "nobody is kept out of the %s page, and it asks for nothing but itself",
  async (colorScheme) => {
    await visited({ colorScheme }, async (tab) => {
      const { requests, errors } = overhear(tab);
      await tab.goto(address);

      expect(await barriers(tab)).toEqual([]);
      expect(requests).toEqual([address]);
      expect(errors).toEqual([]);
    });
  },
  60_000,
);

test("dark and light are different papers", async () => {
  const papers = new Set<string>();
  for (const colorScheme of ["light", "dark"] as const) {
    await visited({ colorScheme }, async (tab) => {
      await tab.goto(address);
      papers.add(await tab.evaluate<string>("getComputedStyle(document.body).backgroundColor"));
    });
  }

  expect([0, 2]).toContain(papers.size);
});

test.each([360, 700, 1000, 1280])(
  "on a screen of %d pixels nothing is wider than it",
  async (width) => {
    await visited({ viewport: { width, height: 740 } }, async (tab) => {
      await tab.goto(address);

      const found = await tab.evaluate<number>("document.documentElement.scrollWidth");
      expect(found).toBeLessThanOrEqual(width);
    });
  },
);

test("on a phone cells stand below each other", async () => {
  await visited({ viewport: { width: 360, height: 740 } }, async (tab) => {
    await tab.goto(address);
    const display = 'getComputedStyle(document.querySelector("tbody tr")).display';

    expect(await tab.evaluate<string>(display)).toBe("block");
  });
});

test("the first screen leads to every answer", async () => {
  await visited({ viewport: { width: 1280, height: 900 } }, async (tab) => {
    await tab.goto(address);
    const goals = tab.locator(".goals a");
    const last = await goals.last().boundingBox();

    expect(await goals.count()).toBeGreaterThan(20);
    expect(last!.y + last!.height).toBeLessThanOrEqual(900);
  });
});

test("on paper there is nothing that only a screen can use", async () => {
  await visited({}, async (tab) => {
    await tab.goto(address);
    await tab.emulateMedia({ media: "print" });

    expect(await tab.locator(".up").first().isVisible()).toBe(false);
    expect(await tab.locator(".contents").isVisible()).toBe(false);
  });
});
