import { aCluster, anAccount, anApp, messageOf, pick, closeAccounts } from "../support.ts";
import type { TestAccount } from "../support.ts";

afterEach(closeAccounts);

let account: TestAccount;
let path: string;
beforeEach(async () => {
  account = await anAccount();
  ({ path } = await aCluster(account));
});

const rules = (...values: string[]) => ({
  rules: values.map((value) => ({
    type: "ip_addr",
    value,
    uuid: "",
    cluster_uuid: "",
    created_at: "0001-01-01T00:00:00Z",
  })),
});
const set = (...values: string[]) => account.put(`${path}/firewall`, rules(...values));
const values = async () => {
  const list = pick((await account.get(`${path}/firewall`)).body, "rules");
  return Array.isArray(list) ? list.map((rule) => pick(rule, "value")) : [];
};
const isOpen = async () => {
  const state: unknown = await (await fetch(`${account.cloud.url}/__state`)).json();
  return pick(state, "databases.0.open_to_internet");
};

test("a PUT replaces all rules", async () => {
  await set("10.120.0.0/20", "198.51.100.7");
  expect((await set("10.121.0.0/20")).status).toBe(204);
  expect(await values()).toEqual(["10.121.0.0/20"]);
});

test("the id of a rule is an id, or empty", async () => {
  const [rule] = rules("10.120.0.0/20").rules;
  const answers = ["", "4de7ac8b-495b-4884-9a69-1050c6793cd6", "mine"].map((uuid) =>
    account.put(`${path}/firewall`, { rules: [{ ...rule, uuid }] }),
  );

  expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([204, 204, 422]);
});

test("a cluster is open to the internet from its creation until it has a rule", async () => {
  expect(await isOpen()).toBe(true);
  await set("10.120.0.0/20");
  expect(await isOpen()).toBe(false);
});

test("a PUT of no rules opens the database to the internet", async () => {
  await set("10.120.0.0/20");
  await set();
  expect(await values()).toEqual([]);
  expect(await isOpen()).toBe(true);
});

test("a rule for every address leaves it open", async () => {
  await set("0.0.0.0/0");
  expect(await isOpen()).toBe(true);
});

test("a rule that stays keeps its id", async () => {
  const id = async () => pick((await account.get(`${path}/firewall`)).body, "rules.0.uuid");
  await set("10.120.0.0/20");
  const before = await id();
  await set("10.120.0.0/20", "198.51.100.7");
  expect(await id()).toBe(before);
});

test("a rule that stays gets the description that is sent, or none", async () => {
  const [rule] = rules("10.120.0.0/20").rules;
  const described = async (rest: object) => {
    await account.put(`${path}/firewall`, { rules: [{ ...rule, ...rest }] });
    return pick((await account.get(`${path}/firewall`)).body, "rules.0.description");
  };

  expect([
    await described({ description: "office" }),
    await described({ description: "house" }),
    await described({}),
  ]).toEqual(["office", "house", undefined]);
});

test("a cluster can be created with its rules", async () => {
  const { path: other } = await aCluster(account, { name: "second", ...rules("10.120.0.0/20") });
  expect(pick((await account.get(`${other}/firewall`)).body, "rules.0.value")).toBe(
    "10.120.0.0/20",
  );
});

test.each([
  ["no address", { rules: [{ type: "ip_addr", value: "here" }] }],
  ["an IPv6 range", { rules: [{ type: "ip_addr", value: "2001:db8::/32" }] }],
  ["an app that does not exist", { rules: [{ type: "app", value: "nobody" }] }],
  ["a tag that does not exist", { rules: [{ type: "tag", value: "nobody" }] }],
  ["a rule twice", rules("10.0.0.1", "10.0.0.1")],
  ["101 rules", rules(...Array.from({ length: 101 }, (_, index) => `10.0.0.${index}`))],
])("%s is refused and nothing changes", async (_what, body) => {
  await set("10.120.0.0/20");
  const reply = await account.put(`${path}/firewall`, body);
  expect(reply.status).toBe(422);
  expect(messageOf(reply)).not.toBe("");
  expect(await values()).toEqual(["10.120.0.0/20"]);
});

test("an app can be trusted by its id", async () => {
  const { id } = await anApp(account);
  const reply = await account.put(`${path}/firewall`, { rules: [{ type: "app", value: id }] });
  expect(reply.status).toBe(204);
});
