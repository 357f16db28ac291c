import { anAccount, messageOf, pick, textAt, closeAccounts } from "../../support.ts";
import type { TestAccount } from "../../support.ts";
import { aChannel, aRule, sendRule } from "../support.ts";

afterEach(closeAccounts);

const path = "/v2/insights/alert-rules";
let account: TestAccount;
let channel: string;
beforeEach(async () => {
  account = await anAccount();
  channel = await aChannel(account);
});

const idOf = async (spec: object) => textAt(await sendRule(account, spec), "alert_rule.id");

test("a rule is created with 201 and defaults, and deleted with 204", async () => {
  const created = await sendRule(account, aRule(channel));
  const one = `${path}/${textAt(created, "alert_rule.id")}`;

  expect(created.status).toBe(201);
  expect(pick((await account.get(one)).body, "alert_rule")).toMatchObject({
    status: "ALERT_RULE_STATUS_ACTIVE",
    spec: { ...aRule(channel), re_alert_duration: "RE_ALERT_DURATION_4H" },
  });
  expect((await account.call("DELETE", one)).status).toBe(204);
  expect((await account.get(one)).status).toBe(404);
});

test("a rule on a name that does not exist is accepted with 201", async () => {
  const reply = await sendRule(account, aRule(channel, { query: { metric: "do.apps.http_5xx" } }));
  expect(reply.status).toBe(201);
});

test("an update replaces the spec and keeps what it leaves out of status, pauses and channels", async () => {
  const spec = aRule(channel, { re_alert_duration: "RE_ALERT_DURATION_1H" });
  const id = await idOf(spec);
  await account.put(`${path}/${id}`, { spec, status: "ALERT_RULE_STATUS_PAUSED" });
  const rest = { ...aRule(channel, { name: "renamed" }), notification_channels: undefined };
  const reply = await account.put(`${path}/${id}`, { spec: rest });

  expect([reply.status, pick(reply.body, "alert_rule")]).toMatchObject([
    200,
    {
      status: "ALERT_RULE_STATUS_PAUSED",
      spec: {
        name: "renamed",
        re_alert_duration: "RE_ALERT_DURATION_1H",
        notification_channels: spec.notification_channels,
      },
    },
  ]);
});

test("an update without a condition takes the condition away: the spec is whole", async () => {
  const id = await idOf(aRule(channel));
  const rest = { ...aRule(channel), condition: undefined };
  const reply = await account.put(`${path}/${id}`, { spec: rest });

  expect(pick(reply.body, "alert_rule.spec.condition")).toBeUndefined();
});

test("no channels are refused, when creating and when changing", async () => {
  const id = await idOf(aRule(channel));
  const spec = aRule(channel, { notification_channels: [] });

  expect((await sendRule(account, spec)).status).toBe(400);
  expect((await account.put(`${path}/${id}`, { spec })).status).toBe(400);
});

test.each([
  ["no threshold", { thresholds: { operator: "THRESHOLD_OPERATOR_EQUAL" } }, "warning or critical"],
  ["a window that is none", { condition: { window: "EVALUATION_WINDOW_2M" } }, "window"],
  ["a field that nobody knows", { description: "x" }, "description"],
  [
    "a channel that does not exist",
    { notification_channels: [{ notification_channel_id: "nobody" }] },
    "nobody",
  ],
])("a rule with %s is refused with 400", async (_what, fields, said) => {
  const reply = await sendRule(account, aRule(channel, fields));
  expect([reply.status, messageOf(reply)]).toEqual([400, expect.stringContaining(said)]);
});

test("a rule that was made in the control panel is missing from the list, and answered by its id", async () => {
  const made = account.cloud.insights.addConsoleRule(aRule(channel, { name: "by hand" }));
  const id = await idOf(aRule(channel));
  const { body } = await account.get(path);

  expect((pick(body, "alert_rules") as { id: string }[]).map((one) => one.id)).toEqual([id]);
  expect((await account.get(`${path}/${made}`)).body).toMatchObject({
    alert_rule: { id: made, owner_id: expect.any(Number) },
  });
});

test("rules are found by the resource that they name", async () => {
  await idOf(aRule(channel));
  const urn = "do:app:a";
  const id = await idOf(
    aRule(channel, { query: { metric: "do.apps.app_cpu_usage", resource_urns: [urn] } }),
  );
  const { body } = await account.get(`${path}?resource_urn=${urn}`);

  expect(body).toMatchObject({ alert_rules: [{ id }], meta: { total: 1 } });
});
