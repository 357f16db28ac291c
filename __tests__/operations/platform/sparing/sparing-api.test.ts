import type { DigitalOcean } from "@mam-infra/clients/digitalocean";

import {
  type ReadingPlan,
  analysisPlan,
  mostAMinute,
  pagePlan,
  statusPlan,
} from "../../../../operations/platform/sparing/reading-plan.ts";
import { sparingApi } from "../../../../operations/platform/sparing/sparing-api.ts";

/** A clock that a test sets, and an API that notes when it was asked for what. */
function aWorld() {
  const world = {
    seconds: 0,
    asked: [] as { readonly name: string; readonly at: number }[],
    fails: false,
  };
  const call = (name: string) => {
    world.asked.push({ name, at: world.seconds });
    return world.fails
      ? Promise.reject(new Error("away"))
      : Promise.resolve({ answer: world.asked.length });
  };
  const api = { call } as unknown as DigitalOcean;
  return { world, api, now: () => world.seconds * 1000 };
}

const plan: ReadingPlan = {
  often: { listApps: 60 },
  seldom: { listDatabases: 300 },
  otherwise: 1800,
  seldomAMinute: 1,
};

test("an answer is given again until it is as old as its plan says", async () => {
  const { world, api, now } = aWorld();
  const { api: spared } = sparingApi({ api, plan, now });
  const first = await spared.call("listApps", {});
  world.seconds = 59;
  expect(await spared.call("listApps", {})).toBe(first);
  world.seconds = 60;
  expect(await spared.call("listApps", {})).not.toBe(first);
  expect(world.asked).toHaveLength(2);
});

test("the same question of two viewers at the same time is one request", async () => {
  const { world, api, now } = aWorld();
  const { api: spared } = sparingApi({ api, plan, now });
  await Promise.all([spared.call("listApps", {}), spared.call("listApps", {})]);

  expect(world.asked).toHaveLength(1);
});

test("other parameters are another question, and a window that moved is none", async () => {
  const { world, api, now } = aWorld();
  const { api: spared } = sparingApi({ api, plan, now });
  const ask = (region: string, start: number) =>
    spared.call("queryInsightsRange", { region }, { query: { query: "up", start } });
  await ask("nyc1", 1);
  await ask("nyc1", 2);
  await ask("nyc3", 2);

  expect(world.asked).toHaveLength(2);
});

test("what changes slowly comes one after another, and its age is told meanwhile", async () => {
  const { world, api, now } = aWorld();
  const spared = sparingApi({ api, plan, now });
  const ask = () =>
    Promise.all(
      ["a", "b", "c"].map((id) => spared.api.call("getDatabaseFirewall", { cluster_id: id })),
    );
  await ask();
  world.seconds = 1800;
  await ask();
  expect(world.asked).toHaveLength(4);
  expect(Date.now() - spared.asOf(["getDatabaseFirewall"])!.getTime()).toBeGreaterThan(1_799_000);
  world.seconds = 1860;
  await ask();
  world.seconds = 1920;
  await ask();
  expect(world.asked).toHaveLength(6);
  expect(Date.now() - spared.asOf(["getDatabaseFirewall"])!.getTime()).toBeLessThan(121_000);
});

test("what is gone does not make an answer old", async () => {
  const { world, api, now } = aWorld();
  const spared = sparingApi({ api, plan, now });
  await spared.api.call("getUptimeState", { check_id: "gone" });
  world.seconds = 900;
  await spared.api.call("getUptimeState", { check_id: "new" });

  expect(Date.now() - spared.asOf(["getUptimeState"])!.getTime()).toBeLessThan(1000);
  expect(spared.asOf(["listVpcs"])).toBeUndefined();
});

test("a failure is told to everybody, and asked about again after a minute", async () => {
  const { world, api, now } = aWorld();
  const { api: spared } = sparingApi({ api, plan, now });
  world.fails = true;
  await expect(spared.call("listDatabases", {})).rejects.toThrow("away");
  world.seconds = 59;
  await expect(spared.call("listDatabases", {})).rejects.toThrow("away");
  expect(world.asked).toHaveLength(1);
  world.fails = false;
  world.seconds = 60;
  await expect(spared.call("listDatabases", {})).resolves.toBeDefined();
});

test("what changes something is sent as often as it is called", async () => {
  const { world, api, now } = aWorld();
  const { api: spared } = sparingApi({ api, plan, now });
  await spared.call("deleteApp", { app_id: "1" });
  await spared.call("deleteApp", { app_id: "1" });

  expect(world.asked).toHaveLength(2);
});

test("a pace makes every time shorter", async () => {
  const { world, api, now } = aWorld();
  const { api: spared } = sparingApi({ api, plan, now, pace: 0.1 });
  await spared.call("listApps", {});
  world.seconds = 6;
  await spared.call("listApps", {});

  expect(world.asked).toHaveLength(2);
});

test("the page and a watched status together ask ten times in a minute at most, by their plans", () => {
  expect(mostAMinute(pagePlan) + mostAMinute(statusPlan)).toBe(10);
});

/** What is asked of a usual environment: six checks, and the many things that change with a deployment. */
const looks = {
  page: (api: DigitalOcean) => [
    api.call("queryInsightsRange", { region: "nyc1" }),
    api.call("listInsightsAlertInstances", {}),
    api.call("listDatabases", {}),
    api.call("listUptimeChecks", {}),
  ],
  analysis: (api: DigitalOcean) => [
    api.call("listInsightsAlertInstances", {}),
    api.call("listInsightsAlertRules", {}),
    api.call("listDatabases", {}),
  ],
  status: (api: DigitalOcean) =>
    Array.from({ length: 26 }, (_, cluster_id) => api.call("getDatabaseFirewall", { cluster_id })),
} as const;

test.each([
  ["the page", pagePlan, 2, looks.page, "listDatabases"],
  ["an analysis", analysisPlan, 15, looks.analysis, "listInsightsAlertRules"],
  ["a watched status", statusPlan, 30, looks.status, "getDatabaseFirewall"],
  ["a status that is watched every minute", statusPlan, 60, looks.status, "getDatabaseFirewall"],
] as const)(
  "%s keeps to its plan in every minute of five hours, and nothing is forgotten",
  async (_, own, everySeconds, look, slowest) => {
    const { world, api, now } = aWorld();
    const spared = sparingApi({ api, plan: own, now });
    const checks = Array.from({ length: 6 }, (_, index) => index);
    let oldest = 0;
    for (; world.seconds < 5 * 3600; world.seconds += everySeconds) {
      await Promise.all([
        ...look(spared.api),
        ...checks.map((check_id) => spared.api.call("getUptimeState", { check_id })),
        spared.api.call("listApps", {}),
        spared.api.call("getAppHealth", { app_id: "1" }),
      ]);
      oldest = Math.max(oldest, Date.now() - spared.asOf([slowest])!.getTime());
    }
    const later = world.asked.filter(({ at }) => at > 0);
    const inMinutes = later.map(
      ({ at: from }) => later.filter(({ at }) => at >= from && at < from + 60).length,
    );

    expect(Math.max(...inMinutes)).toBe(mostAMinute(own));
    const lifetime = own.seldom[slowest] ?? own.otherwise;
    expect(oldest / 1000).toBeLessThan(2 * lifetime);
  },
);
