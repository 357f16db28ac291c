import {
  aCloud,
  aService,
  aSpec,
  anApp,
  call,
  eventually,
  theApp,
  visit,
  closeClouds,
} from "../apps/programs/support/cloud.ts";
import type { Cloud } from "../../../src/cloud.ts";

afterEach(closeClouds);

const notifications = { email: ["owner@example.com"], slack: null };

/** Watches a path of the app, and lets somebody be told of every kind of alert. */
async function watch(cloud: Cloud, path: string, alerts: readonly object[]): Promise<string> {
  const target = `${theApp(cloud).default_ingress}${path}`;
  const made = await call(cloud, "POST", "/v2/uptime/checks", {
    name: "levels",
    type: "https",
    target,
    regions: ["us_east"],
    enabled: true,
  });
  const { id } = made.check as { id: string };
  for (const alert of alerts) {
    await call(cloud, "POST", `/v2/uptime/checks/${id}/alerts`, {
      period: "2m",
      notifications,
      ...alert,
    });
  }
  return id;
}

const told = (cloud: Cloud) =>
  cloud.digitalOcean.uptime.deliveries().map(({ alert, state, seen }) => ({ alert, state, seen }));

const toldEventually = (cloud: Cloud, state: string) =>
  eventually(
    () => told(cloud),
    (all) => all.some((one) => one.state === state),
  );

test("a program that answers 503 is down for its check, and its alert says so by itself", async () => {
  const cloud = await aCloud();
  await anApp(cloud, aSpec({ services: [aService("well", { instance_count: 1 })] }));
  const id = await watch(cloud, "/health", [{ name: "levels-down", type: "down_global" }]);
  await cloud.digitalOcean.uptime.look();
  const state = async () => {
    const answer = await call(cloud, "GET", `/v2/uptime/checks/${id}/state`);
    return (answer.state as { regions: Record<string, { status: string }> }).regions.us_east
      ?.status;
  };
  expect(await state()).toBe("UP");

  // The instance leaves the router's list as soon as the platform's own check fails, too.
  await visit(cloud, "/sicken");
  await toldEventually(cloud, "Triggered");

  expect(await state()).toBe("DOWN");
  expect(told(cloud)[0]).toEqual({
    alert: "levels-down",
    state: "Triggered",
    seen: "status 503",
  });
});

test("a slow program is told by its time, and an alert about its certificate by the host's own", async () => {
  const cloud = await aCloud();
  await anApp(cloud);
  await watch(cloud, "/slow?ms=300", [
    { name: "slow", type: "latency", threshold: 250, comparison: "greater_than" },
    { name: "quick", type: "latency", threshold: 20_000, comparison: "greater_than" },
    { name: "ends soon", type: "ssl_expiry", threshold: 1000, comparison: "less_than" },
    { name: "ends later", type: "ssl_expiry", threshold: 1, comparison: "less_than" },
  ]);
  const names = await eventually(
    () => told(cloud).map(({ alert }) => alert),
    (all) => all.length >= 2,
  );

  expect(names.toSorted()).toEqual(["ends soon", "slow"]);
});

test("a target is asked once in two seconds at most, however fast the clock is", async () => {
  const cloud = await aCloud();
  await anApp(cloud);
  await watch(cloud, "/release", []);
  const asked = () =>
    cloud.digitalOcean.programs.requests().filter(({ path }) => path === "/release").length;
  await eventually(asked, (count) => count > 0);
  const [before, began] = [asked(), performance.now()];
  await new Promise((resolve) => setTimeout(resolve, 5000));
  const [more, seconds] = [asked() - before, (performance.now() - began) / 1000];

  expect(more).toBeGreaterThan(0);
  // One of them may have been on its way, and one more begins at the beginning of a pair of seconds.
  expect(more).toBeLessThanOrEqual(Math.floor(seconds / 2) + 2);
});
