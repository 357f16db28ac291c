import type { Session } from "../../../operations/context/session.ts";
import { judgeStatus } from "../../../operations/status/judgement.ts";
import { readStatus } from "../../../operations/status/status.ts";
import { refusedBy } from "../../support/recorded/digitalocean.ts";
import { aDeployedEnvironment } from "../../support/recorded/environment.ts";
import { aPlatform, changeApp } from "../../support/recorded/platform.ts";
import { anEmptyWasabi } from "../../support/recorded/wasabi.ts";
import { type World, openWorld } from "../../support/recorded/world.ts";
import { entryOf } from "../ledger/entries.ts";

const environment = aDeployedEnvironment();
const now = new Date("2026-11-24T12:00:00Z");

let world: World;

beforeEach(() => {
  world = openWorld({ environment, platform: aHealthyPlatform() });
});
afterEach(() => world.close());

/** A platform on which everything is as configured, healthy, and seen from everywhere. */
function aHealthyPlatform() {
  const platform = aPlatform(environment);
  const components = ["frontend", "api", "worker", "edge"].map((name) => ({
    ...{ name, state: "HEALTHY" },
    ...{ replicas_desired: 3, replicas_ready: 3 },
  }));
  const seen = (status: string, thirty_day_uptime_percentage?: number) => ({
    ...{ status, status_changed_at: "2026-11-01T00:00:00Z" },
    ...(thirty_day_uptime_percentage === undefined ? {} : { thirty_day_uptime_percentage }),
  });
  platform.answers = {
    getAppHealth: () => ({ app_health: { components } }),
    getUptimeState: () => ({
      state: {
        regions: { us_east: seen("UP", 99.9), eu_west: seen("UP", 100), se_asia: seen("") },
      },
    }),
  };
  return platform;
}

async function seen(session: Session = world.session) {
  const status = await readStatus(session, now);
  return { status, ...judgeStatus(status) };
}

const value = (part: object) => (part as { readonly value?: unknown }).value;

test("everything is asked for, and what nobody has a key for is not", async () => {
  await world.remember(
    entryOf("1"),
    entryOf("2", { deployment: "deployment", images: environment.release.images }),
  );
  const { status, problems, warnings } = await seen();

  expect([problems, warnings]).toEqual([[], []]);
  expect(status).toMatchObject({
    environment: "production",
    at: now.toISOString(),
    running: {
      value: {
        ...{ deployment: "deployment", release: "2" },
        images: ["frontend", "api", "worker", "edge"].map((component) => ({
          ...{ component, isReleased: true },
        })),
      },
    },
    storage: { state: "not asked", reason: expect.stringContaining("Wasabi") },
    releases: { value: [{ id: "2" }, { id: "1" }] },
  });
  expect(value(status.instances)).toContainEqual({
    ...{ component: "api", desired: 3, ready: 3 },
    configured: { minimum: 2, maximum: 6 },
  });
  expect(value(status.databases)).toContainEqual({
    ...{ name: "PostgreSQL", status: "online", engine: "advanced_pg", version: "17" },
    ...{ nodes: 2, size: "gd-2vcpu-8gb", diskGib: undefined },
  });
  expect(value(status.uptime)).toContainEqual({
    ...{ name: "mam-production-media", enabled: true },
    ...{ up: ["us_east", "eu_west"], down: [], thirtyDayPercent: 99.9 },
  });
  expect(value(status.endpoints)).toContainEqual({
    ...{ name: "api", address: "https://mam.northlight.example/api/health", status: 200 },
    milliseconds: expect.any(Number),
  });
});

test.each<[what: string, breaks: (opened: World) => unknown, problem: string]>([
  [
    "no deployment is active",
    ({ platform }) => {
      changeApp(platform, { active_deployment: undefined });
    },
    "no deployment serves",
  ],
  [
    "a cluster has other nodes than configured",
    ({ platform }) => {
      const { valkey } = platform.observed;
      const cluster = { ...valkey!.cluster, num_nodes: 5 };
      platform.observed = { ...platform.observed, valkey: { ...valkey!, cluster } };
    },
    "clusters and trusted sources differ from what is configured: mam verify production says what mends it",
  ],
  [
    "the app does something else than configured",
    ({ platform }) => {
      changeApp(platform, { spec: { ...platform.observed.app!.spec, services: [] } });
    },
    "the app's spec differs from what is configured: mam plan production",
  ],
  [
    "an uptime check was deleted",
    ({ platform }) => {
      const checks = platform.observed.checks.filter(({ check }) => !check.name.endsWith("-media"));
      platform.observed = { ...platform.observed, checks };
    },
    "mam-production-media is missing: mam deploy production makes it again",
  ],
  [
    "DigitalOcean does not count instances",
    ({ platform }) => {
      platform.answers.getAppHealth = () => {
        throw refusedBy(503, "unavailable");
      };
    },
    "instances: GET /v2: 503 unavailable",
  ],
])("it is a problem when %s", async (_, breaks, problem) => {
  await breaks(world);

  expect((await seen()).problems).toContain(problem);
});

test("a platform that answers nothing leaves the ledger, the locks and the endpoints to be seen", async () => {
  await world.remember(entryOf("1"));
  world.platform.answers.listApps = () => {
    throw refusedBy(503);
  };
  const { status } = await seen();

  expect(status.running).toMatchObject({
    state: "no answer",
    reason: expect.stringContaining("503"),
  });
  expect(status.releases).toMatchObject({ state: "known", value: [{ id: "1" }] });
  expect(status.locks).toEqual({ state: "known", value: [] });
  expect(status.endpoints.state).toBe("known");
});

test("before the first deployment nothing runs", async () => {
  world.platform.observed = { ...world.platform.observed, app: undefined, postgres: undefined };
  const { status, problems } = await seen();

  expect(status.running).toEqual({ state: "known", value: undefined });
  expect(problems).toContain("nothing is deployed: mam deploy production");
  expect(problems).toContain("PostgreSQL is missing");
});

test("a deployment under way, a pin and the maintenance page are seen, and a check that is off is none then", async () => {
  const { platform } = world;
  changeApp(platform, {
    pending_deployment: { id: "next", phase: "PENDING_BUILD" },
    pinned_deployment: { id: "pinned" },
    spec: { ...platform.observed.app!.spec, maintenance: { enabled: true } },
  });
  const [first, ...others] = platform.observed.checks;
  const off = { ...first!, check: { ...first!.check, enabled: false } };
  platform.observed = { ...platform.observed, checks: [off, ...others] };
  const { status, problems } = await seen();

  expect(value(status.running)).toMatchObject({
    ...{ underWay: "next PENDING_BUILD", pinned: "pinned", maintained: true },
  });
  expect(problems.filter((one) => one.includes("switched off"))).toEqual([]);
});

test("with Wasabi's keys buckets and users are asked for too", async () => {
  const clients = { ...world.session.clients, ...anEmptyWasabi() };
  const { problems } = await seen({ ...world.session, clients });

  expect(problems).toContain(
    "buckets and users differ from what is configured: mam verify production says what mends it",
  );
});

test("endpoints that nobody reaches say why", async () => {
  const internet = () => ({
    ...world.session.clients.internet(),
    get: () => Promise.reject(new Error("connect ECONNREFUSED")),
  });
  const { problems } = await seen({
    ...world.session,
    clients: { ...world.session.clients, internet },
  });

  expect(problems).toContain("api answers connect ECONNREFUSED");
});
