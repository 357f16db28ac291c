import { aSpec, anAccount, anApp, pick, textAt, closeAccounts } from "../support.ts";
import type { TestAccount } from "../support.ts";

afterEach(closeAccounts);

let account: TestAccount;
let app: { readonly path: string };
let check: string;
beforeEach(async () => {
  account = await anAccount();
  app = await anApp(account, aSpec());
  const host = new URL(textAt(await account.get(app.path), "app.default_ingress")).host;
  const target = `https://${host}/api/health`;
  const reply = await account.post("/v2/uptime/checks", {
    name: "api",
    type: "https",
    target,
    regions: null,
    enabled: true,
  });
  check = `/v2/uptime/checks/${textAt(reply, "check.id")}`;
  await addAlert({ name: "api-down", type: "down_global" });
});

const addAlert = (fields: object) =>
  account.post(`${check}/alerts`, {
    period: "2m",
    notifications: { email: ["on-call@example.com"], slack: null },
    ...fields,
  });

/** Looks, and lets a minute pass. */
async function minutes(count: number): Promise<void> {
  for (let minute = 0; minute < count; minute += 1) {
    await account.cloud.uptime.look();
    await account.pass(60);
  }
}

const told = () =>
  account.cloud.uptime
    .deliveries()
    .map(({ alert, state, by, to }) => `${alert} ${state} ${by} ${to}`);

const state = async () => pick((await account.get(`${check}/state`)).body, "state");

/** Nobody answers while the maintenance page is on, as while every instance is away. */
const turn = (enabled: boolean) =>
  account.put(app.path, { spec: aSpec({ maintenance: { enabled } }) });

async function takeDown(): Promise<void> {
  await turn(true);
  await account.pass(600);
}

async function bringUp(): Promise<void> {
  await turn(false);
  await account.pass(600);
}

test("an alert tells once that its target is down for its period, and once that it is over", async () => {
  await minutes(3);
  expect(told()).toEqual([]);
  await takeDown();
  await minutes(2);
  expect(told()).toEqual([]);
  await minutes(5);
  expect(told()).toEqual(["api-down Triggered email on-call@example.com"]);
  await bringUp();
  await minutes(2);
  expect(told()).toEqual([
    "api-down Triggered email on-call@example.com",
    "api-down Recovered email on-call@example.com",
  ]);
});

test("a target that is down for less than the period is told to nobody", async () => {
  await minutes(2);
  await takeDown();
  await minutes(1);
  await bringUp();
  await minutes(3);

  expect(told()).toEqual([]);
  expect(pick(await state(), "previous_outage.duration_seconds")).toBeGreaterThan(0);
});

test("a Slack channel is told, too", async () => {
  const slack = [{ channel: "#on-call", url: "https://hooks.slack.com/services/T/B/X" }];
  await addAlert({ name: "chat", type: "down", notifications: { email: [], slack } });
  await takeDown();
  await minutes(4);

  expect(told()).toContain("chat Triggered slack #on-call");
  expect(JSON.stringify(account.cloud.uptime.deliveries())).not.toContain("hooks.slack.com");
});

test("the state says since when, and how much of the time the target was up", async () => {
  await minutes(3);
  await takeDown();
  const began = account.clock.now().toISOString();
  await minutes(1);

  expect(pick(await state(), "regions.eu_west")).toEqual({
    status: "DOWN",
    status_changed_at: began,
    thirty_day_uptime_percentage: 75,
  });
});

test("a check that is switched off looks at nothing, and its alerts tell nobody, not even that it is over", async () => {
  await takeDown();
  await minutes(4);
  const before = told();
  const { check: whole } = (await account.get(check)).body as { check: object };
  await account.put(check, { ...whole, id: undefined, enabled: false });
  await bringUp();
  await minutes(4);

  expect(told()).toEqual(before);
  expect(pick(await state(), "regions")).toEqual({});
});

test("what was told stands at an address of its own", async () => {
  await takeDown();
  await minutes(4);
  const reply = await account.get("/__uptime");

  expect(reply.body).toEqual({ deliveries: account.cloud.uptime.deliveries() });
  expect(account.cloud.uptime.deliveries()).toHaveLength(1);
});
