import { anAccount, pick, closeAccounts } from "../support.ts";
import { promPath, raw, sendDashboard } from "./support.ts";

afterEach(closeAccounts);

const paths = [
  "dashboards",
  "alert-rules",
  "notification-channels",
  "alert-instances",
  "resources",
];

test.each([
  ["forbidden", 403],
  ["not-found", 404],
] as const)(
  "an account without Insights is answered %s everywhere",
  async (availability, status) => {
    const account = await anAccount();
    account.cloud.insights.knobs.availability = availability;

    for (const path of [
      ...paths.map((name) => `/v2/insights/${name}`),
      promPath("query", { query: "1" }),
    ]) {
      expect((await account.get(path)).status).toBe(status);
    }
  },
);

test("a token that is none is answered 401 before anything else", async () => {
  const account = await anAccount();
  const { status } = await raw(account, "/v2/insights/dashboards", "nobody's");
  expect(status).toBe(401);
});

test("logs that are searched without a time are refused with error and code, and are empty else", async () => {
  const account = await anAccount();
  const path = "/v2/insights/query/nyc1/logs/search";
  const time_range = { from: { relative: "now-1h" }, to: { relative: "now" } };

  expect(await account.post(path, {})).toMatchObject({
    status: 400,
    body: { error: "time_range is required", code: 3 },
  });
  expect((await account.post(path, { time_range })).body).toEqual({
    pagination: { has_more: false },
  });
});

test("a trace that nobody has is answered 404 as plain text", async () => {
  const account = await anAccount();
  const path = "/v2/insights/query/nyc1/traces/0123?from=now-1h&to=now";
  expect(await raw(account, path)).toEqual({
    status: 404,
    type: "text/plain; charset=utf-8",
    text: "trace not found\n",
  });
});

test("faults meet Insights like everything else", async () => {
  const account = await anAccount();
  account.faults.add({
    platform: "digitalocean",
    path: "/v2/insights",
    kind: "rate-limited",
    seconds: 3,
  });
  const reply = await account.get("/v2/insights/dashboards");

  expect([reply.status, reply.headers.get("retry-after")]).toEqual([429, "3"]);
});

test("knobs are turned and deliveries read at an address beside the API; a knob that is none is refused", async () => {
  const account = await anAccount();
  const turned = await account.put("/__insights", { dashboardLimit: 0 });

  expect(pick(turned.body, "dashboardLimit")).toBe(0);
  expect((await sendDashboard(account)).status).toBe(429);
  expect((await account.put("/__insights", { dashboardLimt: 1 })).status).toBe(400);
  expect((await account.get("/__insights")).body).toMatchObject({
    knobs: { dashboardLimit: 0 },
    deliveries: [],
  });
});

test("the account's dump has dashboards as data", async () => {
  const account = await anAccount();
  await sendDashboard(account);
  const dump = (await account.get("/__state")).body;

  expect(pick(dump, "insights.dashboards.0")).toMatchObject({
    name: "mam production",
    spec: { kind: "Dashboard" },
  });
});
