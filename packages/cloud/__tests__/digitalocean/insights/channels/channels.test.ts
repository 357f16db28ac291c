import { anAccount, messageOf, pick, textAt, closeAccounts } from "../../support.ts";
import type { TestAccount } from "../../support.ts";
import { aChannel, aRule, sendRule } from "../support.ts";

afterEach(closeAccounts);

const path = "/v2/insights/notification-channels";
let account: TestAccount;
beforeEach(async () => {
  account = await anAccount();
});

const slack = { channel: "#ops", webhook_url: "https://hooks.slack.com/services/secret" };
const webhook = {
  url: "https://alerts.example.com/in",
  basic_auth: { username: "mam", password: "secret" },
  headers: { "x-team": "mam" },
  signature: { secret: "secret" },
};

test("a channel is created with 201, read, changed, and deleted with 204", async () => {
  const created = await account.post(path, { name: "people", email: { to: "owner@example.com" } });
  const one = `${path}/${textAt(created, "notification_channel.id")}`;

  expect([created.status, pick(created.body, "notification_channel")]).toEqual([
    201,
    expect.objectContaining({ channel_type: "CHANNEL_TYPE_EMAIL", usage: { rule_count: 0 } }),
  ]);
  await account.put(one, { name: "others", email: { to: "on-call@example.com" } });
  expect((await account.get(one)).body).toMatchObject({
    notification_channel: { name: "others", email: { to: "on-call@example.com" } },
  });
  expect((await account.call("DELETE", one)).status).toBe(204);
  expect((await account.get(one)).body).toMatchObject({ id: "not_found" });
});

test("a secret comes back as a status where that is the shape, and is nowhere in the answer", async () => {
  const { body } = await account.post(path, { name: "hook", webhook });

  expect(pick(body, "notification_channel.webhook")).toEqual({
    url: webhook.url,
    headers: webhook.headers,
    basic_auth: { username: "mam", password_status: { configured: true } },
    signature: { secret_status: { configured: true } },
  });
});

test("a secret comes back masked where that is the shape", async () => {
  account.cloud.insights.knobs.masks = "masked";
  const { body } = await account.post(path, { name: "slack", slack });

  expect(pick(body, "notification_channel.slack")).toEqual({
    channel: "#ops",
    webhook_url: "********",
  });
});

test("a secret that is left out of an update stays, and one that is sent replaces it", async () => {
  const id = await aChannel(account, { email: undefined, slack });
  await account.put(`${path}/${id}`, { name: "slack", slack: { channel: "#other" } });
  const kept = account.cloud.store.insights.channels[0]?.config.slack;
  await account.put(`${path}/${id}`, {
    name: "slack",
    slack: { ...slack, webhook_url: "https://new.example" },
  });

  expect(kept).toEqual({ ...slack, channel: "#other" });
  expect(account.cloud.store.insights.channels[0]?.config.slack?.webhook_url).toBe(
    "https://new.example",
  );
});

test("no secret is in the account's dump", async () => {
  await aChannel(account, { email: undefined, webhook });
  const dump = await (await fetch(`${account.cloud.url}/__state`)).text();

  expect(dump).toContain("alerts.example.com");
  expect(dump).not.toContain('"secret"');
});

test.each([
  ["none of the three", { name: "x" }, "exactly one"],
  ["two of the three", { name: "x", slack, webhook }, "exactly one"],
  [
    "somebody nobody verified",
    { name: "x", email: { to: "owner@example.com; x@example.org" } },
    "x@example.org",
  ],
  ["Slack without a secret", { name: "x", slack: { channel: "#ops" } }, "webhook_url"],
  ["plain http", { name: "x", webhook: { url: "http://a.example" } }, "https"],
  ["user information in a URL", { name: "x", webhook: { url: "https://u:p@a.example" } }, "https"],
  [
    "a reserved header",
    { name: "x", webhook: { url: webhook.url, headers: { Host: "a" } } },
    "reserved",
  ],
  [
    "two ways to log in",
    { name: "x", webhook: { ...webhook, bearer_token: { token: "t" } } },
    "exclude",
  ],
])("a channel with %s is refused with 400", async (_what, body, said) => {
  const reply = await account.post(path, body);
  expect([reply.status, messageOf(reply)]).toEqual([400, expect.stringContaining(said)]);
});

test("a verified contact outside of the team gets mail", async () => {
  account.cloud.insights.knobs.contactEmails = ["x@example.org"];
  const reply = await account.post(path, { name: "x", email: { to: "x@example.org" } });
  expect(reply.status).toBe(201);
});

test("a channel that a rule tells is not deleted, and counts its rules", async () => {
  const id = await aChannel(account);
  await sendRule(account, aRule(id));

  expect((await account.call("DELETE", `${path}/${id}`)).status).toBe(409);
  expect(pick((await account.get(`${path}/${id}`)).body, "notification_channel.usage")).toEqual({
    rule_count: 1,
  });
});

test.each([
  ["links", { links: { pages: { next: expect.stringContaining("page=2") } }, meta: { total: 2 } }],
  ["pagination", { pagination: { page: 1, pages: 2, per_page: 1, total: 2 } }],
] as const)("a list has the envelope %s", async (envelope, expected) => {
  account.cloud.insights.knobs.envelope = envelope;
  for (const name of ["a", "b"]) await aChannel(account, { name });
  const { body } = await account.get(`${path}?per_page=1`);

  expect(body).toMatchObject(expected);
  expect(pick(body, "notification_channels")).toHaveLength(1);
});

test("an empty list of the envelope pagination has no key", async () => {
  account.cloud.insights.knobs.envelope = "pagination";
  expect((await account.get(path)).body).toEqual({ pagination: { page: 1, per_page: 20 } });
});
