import { production } from "../../../environments/production.ts";
import { insightsRules } from "../../../monitoring/rules.ts";
import type { Sent } from "../../../operations/dashboard/change.ts";
import { ownRules, planRules } from "../../../operations/dashboard/rules.ts";
import { checked } from "../../support/environments.ts";

const rules = insightsRules(checked(production), { app: "a", postgres: "p", valkey: "v" });
type Own = Parameters<typeof planRules>[1][number];

/** What a plan of rules sends, as the API would keep it. */
async function sentOf(changes: ReturnType<typeof planRules>, channelId = "c") {
  const bodies: { call: string; body: Own }[] = [];
  const api = {
    call: (call: string, _: unknown, { body }: { body: Own }) => {
      bodies.push({ call, body });
      return Promise.resolve();
    },
  };
  for (const { send } of changes) await send(api as never, { channelId } satisfies Sent);
  return bodies;
}

const made = (await sentOf(planRules(rules, [], undefined))).map(({ body }, index) => ({
  ...body,
  id: `rule-${index}`,
}));

test("rules are sent with dotted metrics, one resource, one limit and the channel", () => {
  expect(made.map(({ spec }) => [spec.name, spec.query.metric, spec.query.resource_urns])).toEqual([
    [
      "mam production: no instance of a service is ready",
      "do.apps.app_replicas_ready",
      ["do:app:a"],
    ],
    ["mam production: the API answers slowly", "do.apps.app_request_duration_p95", ["do:app:a"]],
    [
      "mam production: the disk of PostgreSQL is nearly full",
      "do.databases.disk_utilization",
      ["do:dbaas:p"],
    ],
    [
      "mam production: the disk of Valkey is nearly full",
      "do.databases.disk_utilization",
      ["do:dbaas:v"],
    ],
  ]);
  expect(made.map(({ spec: { thresholds } }) => Object.keys(thresholds))).toEqual([
    ["operator", "critical"],
    ["operator", "warning"],
    ["operator", "critical"],
    ["operator", "critical"],
  ]);
  for (const { spec } of made) {
    expect(spec.notification_channels).toEqual([{ notification_channel_id: "c", notify_on: [] }]);
  }
  expect(made[1]!.spec.query.filters).toEqual([
    { field: "app_component", operator: "FILTER_OPERATOR_EQUAL", value: "api" },
  ]);
});

test("rules about databases look at five minutes at least: they are measured every second minute", () => {
  const windows = made
    .filter(({ spec }) => spec.query.metric.startsWith("do.databases."))
    .map(({ spec }) => spec.condition?.window);

  expect(windows).toEqual(["EVALUATION_WINDOW_15M", "EVALUATION_WINDOW_15M"]);
});

test("rules that stand are left alone, also where the answer spells their words otherwise", () => {
  const respelt = made.map((rule) => ({
    ...rule,
    status: "active",
    owner_id: "somebody",
    spec: {
      ...rule.spec,
      query: { ...rule.spec.query, metric: rule.spec.query.metric.replaceAll(".", "_") },
      notification_channels: [{ notification_channel_id: "c" }],
      re_alert_duration: "4H",
    },
  }));

  expect(planRules(rules, respelt, "c")).toEqual([]);
});

test.each<[string, (rule: Own) => Own, object]>([
  [
    "paused",
    (rule) => ({ ...rule, status: "ALERT_RULE_STATUS_PAUSED" }),
    { field: "status", found: "paused" },
  ],
  [
    "given another limit",
    (rule) => ({
      ...rule,
      spec: { ...rule.spec, thresholds: { ...rule.spec.thresholds, critical: 99 } },
    }),
    { field: "critical", found: "99" },
  ],
  [
    "told to tell nobody we know",
    (rule) => ({
      ...rule,
      spec: { ...rule.spec, notification_channels: [{ notification_channel_id: "x" }] },
    }),
    { field: "channels.0", expected: "c", found: "x" },
  ],
])("a rule that was %s is seen, and written again", async (_, change, difference) => {
  const changes = planRules(rules, [change(made[0]!), ...made.slice(1)], "c");

  expect(changes).toMatchObject([{ action: "update", differences: [difference] }]);
  expect((await sentOf(changes))[0]).toMatchObject({
    call: "updateInsightsAlertRule",
    body: { status: "ALERT_RULE_STATUS_ACTIVE" },
  });
});

test("a rule with our mark that is not described any more is deleted, and a second one of a name as well", () => {
  const old = {
    ...made[0]!,
    id: "old",
    spec: { ...made[0]!.spec, name: "mam production: of before" },
  };
  const twin = { ...made[1]!, id: "twin" };

  expect(planRules(rules, [...made, old, twin], "c")).toMatchObject([
    { action: "delete", name: "mam production: of before" },
    { action: "delete", name: made[1]!.spec.name },
  ]);
});

test("rules of people, and of another environment, are not ours", () => {
  const named = (name: string) => ({ ...made[0]!, spec: { ...made[0]!.spec, name } });

  expect(
    ownRules("production", [named("my rule"), named("mam prod: x"), named("mam production")]),
  ).toEqual([]);
});
