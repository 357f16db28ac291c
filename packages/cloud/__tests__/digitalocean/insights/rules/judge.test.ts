import { aCluster, anAccount, anApp, pick, textAt, closeAccounts } from "../../support.ts";
import type { TestAccount } from "../../support.ts";
import { aChannel, aRule, sendRule } from "../support.ts";

afterEach(closeAccounts);

const path = "/v2/insights/alert-instances";
let account: TestAccount;
let channel: string;
let app: string;
beforeEach(async () => {
  account = await anAccount();
  app = (await anApp(account)).id;
  channel = await aChannel(account);
});

interface Found {
  readonly id: string;
  readonly status: string;
  readonly severity: string;
  readonly value: number;
  readonly resource_urn: string;
  readonly triggered_at: string;
}

async function instances(query = ""): Promise<Found[]> {
  const { body } = await account.get(`${path}?per_page=200${query}`);
  return pick(body, "alert_instances") as Found[];
}

const add = async (fields: object = {}) =>
  textAt(await sendRule(account, aRule(channel, fields)), "alert_rule.id");
const told = () => account.cloud.insights.deliveries();

test("a rule that is met raises one alert for its resource, on a whole minute, and tells its channels", async () => {
  const rule = await add();
  await account.pass(130);
  const [alert, ...more] = await instances();

  expect(more).toEqual([]);
  expect(alert).toMatchObject({
    rule_id: rule,
    status: "active",
    severity: "warning",
    resource_urn: `do:app:${app}`,
  });
  expect(alert?.triggered_at).toMatch(/:00\.000Z$/);
  expect(alert?.value).toBeGreaterThan(10);
  expect(alert?.value).toBeLessThan(14);
  expect(told()).toMatchObject([
    {
      rule: "mam production: CPU",
      by: "email",
      to: "on-call@example.com",
      state: "Triggered",
      severity: "warning",
      metric: "do.apps.app_cpu_utilization",
    },
  ]);
});

test("an app's first measurements raise an alert only after the minutes that they need to be found", async () => {
  await account.call("DELETE", `/v2/apps/${app}`);
  await add();
  await anApp(account, undefined, 0);
  const started = account.clock.now().getTime();
  await account.pass(1800);
  const alert = (await instances()).at(-1);
  const began = account.cloud.store.apps[0]?.instances[0]?.started ?? Infinity;

  expect(Date.parse(alert?.triggered_at ?? "")).toBeGreaterThanOrEqual(began + 180_000);
  expect(began).toBeGreaterThan(started);
});

test("a value above the critical threshold is critical", async () => {
  const thresholds = { operator: "THRESHOLD_OPERATOR_GREATER_THAN", warning: 5, critical: 10 };
  await add({ thresholds });
  await account.pass(120);

  expect(await instances()).toMatchObject([{ severity: "critical" }]);
});

test("an alert that becomes critical is told again at once, and one that stays is not", async () => {
  const id = await add({ re_alert_duration: "RE_ALERT_DURATION_NEVER" });
  await account.pass(600);
  await instances();
  const thresholds = { operator: "THRESHOLD_OPERATOR_GREATER_THAN", warning: 5, critical: 10 };
  await account.put(`/v2/insights/alert-rules/${id}`, { spec: aRule(channel, { thresholds }) });
  await account.pass(600);

  expect(await instances()).toMatchObject([{ severity: "critical", status: "active" }]);
  expect(told().map(({ severity }) => severity)).toEqual(["warning", "critical"]);
});

test("a rule on a name that does not exist never fires, and neither does one with underscores", async () => {
  await add({ query: { metric: "do.apps.http_error_rate_5xx" } });
  await add({ query: { metric: "do_apps_app_cpu_utilization" } });
  await account.pass(7200);

  expect(await instances()).toEqual([]);
});

test("an alert is over once its rule has not been met for minutes, and its channels are told", async () => {
  const id = await add();
  await account.pass(120);
  await instances();
  const spec = aRule(channel, {
    thresholds: { operator: "THRESHOLD_OPERATOR_GREATER_THAN", warning: 50 },
  });
  await account.put(`/v2/insights/alert-rules/${id}`, { spec });
  await account.pass(180);
  const soon = await instances();
  await account.pass(180);

  expect(soon).toMatchObject([{ status: "active" }]);
  expect(await instances()).toMatchObject([
    { status: "resolved", resolved_at: expect.any(String) },
  ]);
  expect(told().map(({ state }) => state)).toEqual(["Triggered", "Recovered"]);
});

test("an alert whose resource sends nothing any more is over as well", async () => {
  await add();
  await account.pass(120);
  expect(await instances()).toHaveLength(1);
  await account.call("DELETE", `/v2/apps/${app}`);
  await account.pass(900);

  expect(await instances()).toMatchObject([{ status: "resolved" }]);
});

test("a paused rule is not judged", async () => {
  const body = { spec: aRule(channel), status: "ALERT_RULE_STATUS_PAUSED" };
  await account.post("/v2/insights/alert-rules", body);
  await account.pass(3600);

  expect(await instances()).toEqual([]);
});

test("a rule watches the resources that it names, and all of them where it names none", async () => {
  await aCluster(account);
  const metric = "do.databases.cpu_utilization";
  const thresholds = { operator: "THRESHOLD_OPERATOR_GREATER_THAN", warning: 1 };
  await add({ query: { metric, resource_urns: ["do:dbaas:another"] }, thresholds });
  await account.pass(1200);
  expect(await instances()).toEqual([]);

  await add({ query: { metric }, thresholds });
  await account.pass(120);
  expect(await instances()).toMatchObject([{ resource_urn: expect.stringMatching(/^do:dbaas:/) }]);
});

test.each(["app_component", "app.component"])("a filter on %s chooses series", async (field) => {
  const filters = (value: string) => [{ field, operator: "FILTER_OPERATOR_EQUAL", value }];
  const metric = "do.apps.app_cpu_utilization";
  await add({ query: { metric, filters: filters("web") } });
  await account.pass(600);
  expect(await instances()).toEqual([]);

  await add({ query: { metric, filters: filters("api") } });
  await account.pass(120);
  expect(await instances()).toHaveLength(1);
});

test("a channel that wants to hear of critical alerts only is not told of a warning", async () => {
  const notify_on = ["SEVERITY_CRITICAL"];
  await add({ notification_channels: [{ notification_channel_id: channel, notify_on }] });
  await account.pass(600);

  expect(await instances()).toHaveLength(1);
  expect(told()).toEqual([]);
});

test("an alert that goes on is told again after the rule's pause", async () => {
  await add({ re_alert_duration: "RE_ALERT_DURATION_30M" });
  await account.pass(3600 + 300);
  await instances();

  expect(told().map(({ state }) => state)).toEqual(["Triggered", "Triggered", "Triggered"]);
});

test("the newest alert comes first, and alerts are found by status, rule and resource", async () => {
  const first = await add({ name: "first" });
  await account.pass(300);
  const second = await add({ name: "second" });
  await account.pass(300);

  expect(await instances()).toMatchObject([{ rule_id: second }, { rule_id: first }]);
  expect(await instances(`&rule_id=${first}`)).toHaveLength(1);
  expect(await instances("&status=resolved")).toEqual([]);
  expect(await instances(`&resource_urn=do:app:${app}`)).toHaveLength(2);
  expect((await account.get(`${path}?status=muted`)).status).toBe(400);
});

test("alerts of a rule that was deleted are over", async () => {
  const id = await add();
  await account.pass(120);
  await instances();
  await account.call("DELETE", `/v2/insights/alert-rules/${id}`);

  expect(await instances()).toMatchObject([{ status: "resolved" }]);
});

test("words come in the other spelling where the account has that", async () => {
  await add();
  await account.pass(120);
  account.cloud.insights.knobs.spelling = "upper";
  const [alert] = await instances();

  expect(alert).toMatchObject({
    status: "ALERT_INSTANCE_STATUS_ACTIVE",
    severity: "SEVERITY_WARNING",
    muted: false,
  });
  expect((await account.get(`${path}/${alert?.id ?? ""}`)).body).toMatchObject({
    alert_instance: { status: "ALERT_INSTANCE_STATUS_ACTIVE" },
  });
});
