import {
  anAccount,
  anApp,
  api,
  aSpec,
  messageOf,
  pick,
  textAt,
  closeAccounts,
} from "../support.ts";
import type { TestAccount } from "../support.ts";

afterEach(closeAccounts);

let account: TestAccount;
beforeEach(async () => {
  account = await anAccount();
});

const cpu = { rule: "CPU_UTILIZATION", operator: "GREATER_THAN", value: 80, window: "TEN_MINUTES" };
const spec = aSpec({
  alerts: [{ rule: "DEPLOYMENT_FAILED" }],
  services: [{ ...api, alerts: [cpu] }],
});
const destinations = {
  emails: ["on-call@example.com"],
  slack_webhooks: [{ url: "https://hooks.slack.com/x", channel: "#ops" }],
};

test("an app has the alerts of its specification, sent to the owner of the account", async () => {
  const { path } = await anApp(account, spec);
  expect((await account.get(`${path}/alerts`)).body).toMatchObject({
    alerts: [
      { spec: { rule: "DEPLOYMENT_FAILED" }, emails: ["owner@example.com"], phase: "ACTIVE" },
      { component_name: "api", spec: cpu, emails: ["owner@example.com"] },
    ],
  });
});

test("destinations are set beside the specification and are no part of it when it is read back", async () => {
  const { path } = await anApp(account, spec);
  const id = textAt(await account.get(`${path}/alerts`), "alerts.0.id");

  const set = await account.post(`${path}/alerts/${id}/destinations`, destinations);

  expect(pick(set.body, "alert")).toMatchObject(destinations);
  const app = await account.get(path);
  expect(pick(app.body, "app.spec.alerts")).toEqual([{ rule: "DEPLOYMENT_FAILED" }]);
  expect(JSON.stringify(app.body)).not.toContain("on-call@example.com");
});

test("destinations stay when the app is updated, for as long as their rule does", async () => {
  const { path } = await anApp(account, spec);
  const id = textAt(await account.get(`${path}/alerts`), "alerts.0.id");
  await account.post(`${path}/alerts/${id}/destinations`, destinations);

  await account.put(path, { spec });
  expect(pick((await account.get(`${path}/alerts`)).body, "alerts.0")).toMatchObject({
    id,
    ...destinations,
  });
  await account.put(path, { spec: aSpec() });
  expect((await account.get(`${path}/alerts`)).body).toEqual({ alerts: [] });
});

test("a mail address outside of the team is refused: 400", async () => {
  const { path } = await anApp(account, spec);
  const id = textAt(await account.get(`${path}/alerts`), "alerts.0.id");
  const reply = await account.post(`${path}/alerts/${id}/destinations`, {
    emails: ["stranger@example.org"],
    slack_webhooks: null,
  });
  expect([reply.status, messageOf(reply)]).toEqual([400, expect.stringContaining("team member")]);
});

test("an unknown alert is 404", async () => {
  const { path } = await anApp(account, spec);
  expect((await account.post(`${path}/alerts/nobody/destinations`, destinations)).status).toBe(404);
});
