import { once } from "node:events";

import { execa } from "execa";
import type { Page } from "playwright-core";

import { recordEntry } from "../../../operations/ledger/ledger.ts";
import { ledgerOf } from "../../../operations/ledger/place.ts";
import { type OpenPage, servePage } from "../../../operations/dashboard-page/serve/server.ts";
import { type TestPlatform, openDeployedPlatform } from "../../support/platform.ts";
import { entryOf } from "../ledger/entries.ts";
import {
  type Visitor,
  aContext,
  aVisitor,
  barriers,
  overhear,
  wholePage,
} from "./support/visitor.ts";

let platform: TestPlatform;
let page: OpenPage;
let visitor: Visitor;

beforeAll(async () => {
  [platform, visitor] = await Promise.all([openDeployedPlatform(), aVisitor()]);
  const session = platform.session();
  await recordEntry(ledgerOf(session), entryOf("20261124-013427-9f3a"));
  // Until the oldest of the metrics can be seen, by the platform's time.
  await platform.cloud.clock.sleep(3600);
  page = await servePage(session, { pace: 0.01 });
}, 60_000);

afterEach(() => {
  platform.cloud.faults.clear();
  platform.cloud.digitalOcean.store.insights.knobs.availability = "available";
});

afterAll(async () => {
  if ("browser" in visitor) await visitor.close();
  await page.close();
  await platform.end();
});

/** Opens the page in a browser of its own, and does something with it. */
async function visited(
  see: (tab: Page) => Promise<void>,
  { width = 1280, height = 900 } = {},
): Promise<void> {
  if ("lacking" in visitor) {
    console.warn(`not run: ${visitor.lacking}`);
    return;
  }
  const context = await aContext(visitor.browser, { viewport: { width, height } });
  try {
    await see(await context.newPage());
  } finally {
    await context.close();
  }
}

const open = async (tab: Page) => {
  await tab.goto(page.url);
  await wholePage(tab);
};

const textOf = (tab: Page, part: string) => tab.locator(`#${part}`).innerText();

test("every part says what is, and every chart has its lines", async () => {
  await visited(async (tab) => {
    await open(tab);
    await tab.getByText("staging is well.").waitFor();
    expect(await textOf(tab, "running")).toMatch(/api\s+2 of 2 ready, e6c628bccb70/);
    expect(await textOf(tab, "databases")).toMatch(/PostgreSQL\s+online, pg 17/);
    expect(await textOf(tab, "uptime")).toContain("up from eu_west, us_east");
    expect(await textOf(tab, "endpoints")).toMatch(/media\s+200 in \d+ ms/);
    expect(await textOf(tab, "releases")).toContain("20261124-013427-9f3a");
    expect(await textOf(tab, "cost")).toMatch(/\$\d+\.\d\d.* a month\s+✓\s+App Platform\s+\$/);
    expect(await textOf(tab, "alerts")).toContain("Nothing fires, of what can be seen.");

    const charts = tab.locator("figure.chart");
    expect(await charts.count()).toBeGreaterThan(15);
    for (const chart of await charts.all()) {
      const key = await chart.getAttribute("data-key");
      expect([key, Number(await chart.getAttribute("data-lines"))]).not.toEqual([key, 0]);
      expect([key, await chart.locator(".legend .value").allInnerTexts()]).not.toEqual([
        key,
        expect.arrayContaining(["–"]),
      ]);
      expect(await chart.locator("canvas").count()).toBe(1);
    }
  });
});

test.each([390, 320, 1280])("nothing is wider than a screen of %s pixels", async (width) => {
  await visited(
    async (tab) => {
      await open(tab);
      const across = await tab.evaluate<number>("document.documentElement.scrollWidth");
      expect(across).toBeLessThanOrEqual(width);
    },
    { width },
  );
});

test.each(["light", "dark"] as const)(
  "nothing keeps out who uses a keyboard or a screen reader, on a %s page",
  async (colorScheme) => {
    await visited(async (tab) => {
      await tab.emulateMedia({ colorScheme });
      await open(tab);
      expect(await barriers(tab)).toEqual([]);
      await tab.keyboard.press("Tab");
      expect(await tab.locator(":focus").innerText()).toBe("To the charts");
    });
  },
);

test("no secret and no address of another machine is in what the browser gets and sends", async () => {
  await visited(async (tab) => {
    const heard = overhear(tab);
    await tab.goto(page.ticket);
    await wholePage(tab);
    const text = `${await heard.text()}\n${await tab.content()}\n${tab.url()}`;

    expect(heard.errors).toEqual([]);
    expect(new Set(heard.requests.map((one) => new URL(one).host))).toEqual(
      new Set([new URL(page.url).host]),
    );
    const { credentials } = platform.cloud;
    const secrets = [
      credentials.digitalOceanToken,
      credentials.spaces.secretAccessKey,
      credentials.wasabi.secretAccessKey,
      ...Object.values(credentials.supplied),
      ...Object.values(credentials.logs),
      ...platform.cloud.digitalOcean.store.databases.flatMap(({ users }) =>
        users.map(({ password }) => password),
      ),
    ];
    expect(secrets.length).toBeGreaterThan(8);
    for (const secret of secrets) expect(text).not.toContain(secret);
  });
});

test("the command prints where the page is, answers there, and ends with Ctrl-C and 130", async () => {
  const child = execa("node", ["operations/mam.mjs", "dashboard", "staging", "open"], {
    env: platform.variables as Record<string, string>,
    extendEnv: false,
    reject: false,
  });
  const [printed] = (await once(child.stdout, "data")) as [Buffer];
  const url = /http:\S+/.exec(printed.toString())![0];
  const answer = await fetch(url);
  child.kill("SIGINT");
  const { exitCode } = await child;

  expect(await answer.text()).toContain("page.js");
  expect(answer.headers.get("content-security-policy")).toContain("default-src 'none'");
  expect(exitCode).toBe(130);
  await expect(fetch(url)).rejects.toThrow();
});

test.each([
  [["--port", "none"], /--port none: expected a number from 1 to 65535/],
  [["--port", "1e9"], /expected a number/],
  [["--json"], /mam status staging --json has what the page shows/],
])("the command line %j is explained", async (options, reason) => {
  const { exitCode, stderr, stdout } = await execa(
    "node",
    ["operations/mam.mjs", "dashboard", "staging", "open", ...options],
    { env: platform.variables as Record<string, string>, extendEnv: false, reject: false },
  );

  expect(exitCode).toBe(2);
  expect(`${stdout}${stderr}`).toMatch(reason);
});

test("a port that is taken is named", async () => {
  const { port } = new URL(page.url);

  await expect(servePage(platform.session(), { port: Number(port) })).rejects.toThrow(
    `--port ${port}: `,
  );
});

test("the ticket leads to the page once, and nobody is answered without the key", async () => {
  const other = await servePage(platform.session());
  const first = await fetch(other.ticket, { redirect: "manual" });
  const again = await fetch(other.ticket, { redirect: "manual" });
  const { origin } = new URL(other.url);
  const without = await fetch(`${origin}/board.json`);
  await other.close();

  expect([first.status, first.headers.get("location")]).toEqual([303, new URL(other.url).pathname]);
  expect([again.status, without.status]).toEqual([404, 404]);
});

test("what fires is on the page, with what it means and what to look at first", async () => {
  const { databases, apps, insights } = platform.cloud.digitalOcean.store;
  const { instances } = insights;
  const now = platform.cloud.clock.now().getTime();
  const kept = instances.length;
  instances.push({
    id: "i-1",
    rule_id: "made by hand",
    severity: "critical",
    resource_urn: `do:dbaas:${databases[0]!.id}`,
    value: 97,
    triggered_at: now,
    last_triggered_at: now,
    last_notified_at: now,
  });
  const api = apps[0]!.instances.filter(({ component }) => component === "api");
  for (const instance of api) instance.terminated = 0;
  await visited(async (tab) => {
    await open(tab);
    const alerts = tab.locator("#alerts");
    await alerts.getByText("a rule of the control panel (made by hand)").waitFor();
    await alerts.getByText("The API does not answer anywhere").waitFor();
    const text = await textOf(tab, "alerts");
    expect(text).toContain("critical: alert rule on Insights");
    expect(text).toContain("mam status staging");
    expect(await tab.title()).toMatch(/^✗ staging: \d/);
  });
  for (const instance of api) delete instance.terminated;
  instances.splice(kept);
});

test("a part that cannot be read says so, beside what was known before and how old that is", async () => {
  await visited(async (tab) => {
    await open(tab);
    platform.cloud.digitalOcean.store.insights.knobs.availability = "forbidden";
    await tab.locator("#charts .failure", { hasText: "Insights refuses the token" }).waitFor();
    await tab.locator("#alerts", { hasText: "Insights refuses the token" }).waitFor();
    expect(await tab.locator("figure.chart").count()).toBeGreaterThan(15);
    expect(await tab.locator("#charts .age").innerText()).toMatch(/^asked \d+ \w+ ago$/);
  });
});

test("while DigitalOcean is away what services answer themselves is still seen", async () => {
  await visited(async (tab) => {
    await open(tab);
    await tab.getByText("staging is well.").waitFor();
    platform.cloud.faults.add({ platform: "digitalocean", kind: "down" });
    await tab.locator("#running .failure", { hasText: "came to nothing" }).waitFor();
    expect(await textOf(tab, "running")).toContain("api");
    expect(await textOf(tab, "endpoints")).toMatch(/api\s+200 in \d+ ms/);
    expect(await tab.locator("#endpoints .failure").isVisible()).toBe(false);
    expect(await tab.title()).toMatch(/^✗ staging/);
  });
});

test("a page whose command has ended says so, and of when it is", async () => {
  const other = await servePage(platform.session());
  await visited(async (tab) => {
    await tab.goto(other.url);
    await wholePage(tab);
    await other.close();
    await tab.getByText("The command that serves this page does not answer").waitFor();
  });
});
