import { environmentNamed } from "../../../rehearsal/command/entry.ts";
import { type RunningPlatform, startRunningPlatform } from "../../../rehearsal/platform/running.ts";
import { cloudPage } from "../../../rehearsal/page/page.ts";
import {
  type Visitor,
  aContext,
  aVisitor,
  overhear,
  wholePage,
} from "../../operations/dashboard-page/support/visitor.ts";

let platform: RunningPlatform | { readonly lacking: string };
let visitor: Visitor;

beforeAll(async () => {
  visitor = await aVisitor();
  platform = await startRunningPlatform({
    environment: environmentNamed("staging"),
    tell: () => undefined,
    interruption: new AbortController().signal,
  });
}, 300_000);

afterAll(async () => {
  if ("browser" in visitor) await visitor.close();
  if ("end" in platform) await platform.end();
});

test("on a platform of real programs every chart has data, and no secret is in what the browser gets", async () => {
  if ("lacking" in platform || "lacking" in visitor) {
    console.warn(`not run: ${"lacking" in platform ? platform.lacking : ""}`);
    return;
  }
  const context = await aContext(visitor.browser, { viewport: { width: 390, height: 844 } });
  const tab = await context.newPage();
  const heard = overhear(tab);
  await tab.goto(platform.dashboard.url);
  await wholePage(tab);
  await platform.use(40);
  // What was measured of the use is seen four minutes later, by the platform's time.
  await platform.cloud.clock.sleep(600);
  await tab.locator('figure.chart[data-lines="0"]').first().waitFor({ state: "detached" });

  expect(await tab.locator("figure.chart").count()).toBeGreaterThan(15);
  for (const chart of await tab.locator("figure.chart").all()) {
    const values = await chart.locator(".legend .value").allInnerTexts();
    expect([await chart.getAttribute("data-key"), values]).not.toContainEqual(
      expect.arrayContaining(["–"]),
    );
  }
  expect(await tab.locator("#levels").innerText()).toMatch(/error-rate\s+0 %, at most 1 %/);
  expect(await tab.locator("#queue").innerText()).toMatch(/given up\s+0, at most 0/);
  expect(await tab.locator("#releases").innerText()).toContain("deployment, succeeded");
  expect(await tab.evaluate<number>("document.documentElement.scrollWidth")).toBe(390);

  const text = `${await heard.text()}\n${await tab.content()}`;
  const { credentials, digitalOcean } = platform.cloud;
  const secrets = [
    credentials.digitalOceanToken,
    credentials.wasabi.secretAccessKey,
    ...Object.values(credentials.supplied),
    ...digitalOcean.store.databases.flatMap(({ users }) => users.map(({ password }) => password)),
    platform.place.password,
  ];
  for (const secret of secrets) expect(text).not.toContain(secret);
  expect(heard.errors).toEqual([]);
  await context.close();
}, 180_000);

test("the page of what stands links to the page of how it is", () => {
  if ("lacking" in platform) return;
  const { url } = platform.dashboard;

  expect(cloudPage(platform.cloud, url)).toContain(`<a href="${url}">`);
  expect(cloudPage(platform.cloud)).not.toContain("mam dashboard");
});
