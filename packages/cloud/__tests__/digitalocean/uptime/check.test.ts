import { aSpec, anAccount, anApp, messageOf, pick, textAt, closeAccounts } from "../support.ts";
import type { TestAccount } from "../support.ts";

afterEach(closeAccounts);

let account: TestAccount;
beforeEach(async () => {
  account = await anAccount();
});

const check = {
  name: "api",
  type: "https",
  target: "https://mam.example.com/api/health",
  regions: ["us_east", "eu_west"],
  enabled: true,
};

async function aCheck(fields: object = {}) {
  const reply = await account.post("/v2/uptime/checks", { ...check, ...fields });
  return { reply, path: `/v2/uptime/checks/${textAt(reply, "check.id")}` };
}

test("a check is created, read, changed and deleted", async () => {
  const { reply, path } = await aCheck();
  expect([reply.status, pick(reply.body, "check")]).toEqual([201, expect.objectContaining(check)]);
  await account.put(path, { ...check, enabled: false });
  expect(pick((await account.get(path)).body, "check.enabled")).toBe(false);
  expect(pick((await account.get("/v2/uptime/checks")).body, "meta.total")).toBe(1);
  expect((await account.call("DELETE", path)).status).toBe(204);
  expect((await account.get(path)).status).toBe(404);
});

test.each(Object.keys(check))(
  "a new check needs %s, and a change of it does not",
  async (field) => {
    const rest = Object.fromEntries(Object.entries(check).filter(([name]) => name !== field));
    expect((await account.post("/v2/uptime/checks", rest)).status).toBe(422);

    const { path } = await aCheck();
    expect((await account.put(path, rest)).status).toBe(200);
    expect(pick((await account.get(path)).body, "check")).toMatchObject(check);
  },
);

test("regions that are null are all of them, which a plan without them would show for ever", async () => {
  const { reply } = await aCheck({ regions: null });
  expect(pick(reply.body, "check.regions")).toHaveLength(4);
});

describe("alerts", () => {
  const alert = {
    name: "slow",
    type: "latency",
    threshold: 1000,
    comparison: "greater_than",
    period: "5m",
    notifications: { email: ["on-call@example.com"], slack: null },
  };

  test.each([[""], [undefined], ["4m"]])(
    "an alert with the period %j is refused",
    async (period) => {
      const { path } = await aCheck();
      const reply = await account.post(`${path}/alerts`, { ...alert, period });

      expect(reply.status).toBeGreaterThanOrEqual(400);
    },
  );

  test("an alert is created, read, changed and deleted", async () => {
    const { path } = await aCheck();
    const created = await account.post(`${path}/alerts`, alert);
    const one = `${path}/alerts/${textAt(created, "alert.id")}`;

    expect(created.body).toMatchObject({
      alert: { ...alert, notifications: { email: ["on-call@example.com"], slack: [] } },
    });
    await account.put(one, { ...alert, threshold: 2000 });
    expect(pick((await account.get(one)).body, "alert.threshold")).toBe(2000);
    expect(pick((await account.get(`${path}/alerts`)).body, "meta.total")).toBe(1);
    expect((await account.call("DELETE", one)).status).toBe(204);
    expect((await account.get(one)).status).toBe(404);
  });

  test("an alert that does not compare may leave its threshold empty", async () => {
    const { path } = await aCheck();
    const down = { ...alert, type: "down", threshold: 0, comparison: "" };
    expect((await account.post(`${path}/alerts`, down)).status).toBe(201);
  });

  test.each([
    ["no threshold where one is compared", { threshold: 0 }, "threshold"],
    ["no destination", { notifications: { email: [], slack: [] } }, "destination"],
    [
      "somebody outside of the team",
      { notifications: { email: ["x@example.org"], slack: [] } },
      "team member",
    ],
  ])("%s is refused", async (_what, fields, reason) => {
    const { path } = await aCheck();
    const reply = await account.post(`${path}/alerts`, { ...alert, ...fields });
    expect([reply.status, messageOf(reply)]).toEqual([422, expect.stringContaining(reason)]);
  });
});

test("the state follows what the app answers", async () => {
  const { path: app } = await anApp(account, aSpec());
  const host = new URL(textAt(await account.get(app), "app.default_ingress")).host;
  const up = await aCheck({ target: `https://${host}/api/health` });
  const down = await aCheck({ target: "https://nobody.example.com/" });
  const status = async (path: string) =>
    pick((await account.get(`${path}/state`)).body, "state.regions.us_east.status");

  expect([await status(up.path), await status(down.path)]).toEqual(["UP", "DOWN"]);
  await account.call("DELETE", app);
  expect(await status(up.path)).toBe("DOWN");
});

test("a check that is switched off asks nothing", async () => {
  const { path } = await aCheck({ enabled: false });

  expect(pick((await account.get(`${path}/state`)).body, "state.regions")).toEqual({});
});
