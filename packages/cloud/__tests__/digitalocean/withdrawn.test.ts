import {
  aSpec,
  anAccount,
  anApp,
  messageOf,
  postgres,
  textAt,
  type TestAccount,
  closeAccounts,
} from "./support.ts";

afterEach(closeAccounts);

let account: TestAccount;
beforeEach(async () => {
  account = await anAccount();
});

const withdraw = (...slugs: string[]) => account.cloud.store.withdrawn.push(...slugs);

test("sizes and versions that are no longer sold are in no list", async () => {
  withdraw("apps-s-1vcpu-1gb", "db-s-1vcpu-2gb", "pg 17");

  const [apps, databases] = await Promise.all([
    account.get("/v2/apps/tiers/instance_sizes"),
    account.get("/v2/databases/options"),
  ]);

  expect(JSON.stringify(apps.body)).not.toContain('"apps-s-1vcpu-1gb"');
  expect(JSON.stringify(databases.body)).not.toContain('"db-s-1vcpu-2gb"');
  expect(databases.body).toMatchObject({
    options: {
      pg: { versions: ["13", "14", "15", "16"] },
      advanced_pg: { versions: ["16", "17", "18"] },
    },
  });
  const one = await account.get("/v2/apps/tiers/instance_sizes/apps-s-1vcpu-1gb");
  expect(one.status).toBe(404);
});

test("regions that are closed are listed as closed", async () => {
  withdraw("nyc", "nyc1");

  const [apps, datacentres] = await Promise.all([
    account.get("/v2/apps/regions"),
    account.get("/v2/regions?per_page=200"),
  ]);

  expect(apps.body).toMatchObject({
    regions: expect.arrayContaining([expect.objectContaining({ slug: "nyc", disabled: true })]),
  });
  expect(datacentres.body).toMatchObject({
    regions: expect.arrayContaining([expect.objectContaining({ slug: "nyc1", available: false })]),
  });
});

test.each([
  ["a VPC in a closed datacentre", "nyc1", "/v2/vpcs", { name: "mam", region: "nyc1" }],
  ["a cluster in a closed datacentre", "nyc1", "/v2/databases", postgres],
  ["a cluster of a size", "db-s-1vcpu-2gb", "/v2/databases", postgres],
  ["a cluster of a version", "pg 17", "/v2/databases", postgres],
  ["an app in a closed region", "nyc", "/v2/apps", { spec: aSpec({ region: "nyc" }) }],
  ["an app of a size", "apps-s-1vcpu-1gb", "/v2/apps", { spec: aSpec() }],
])("%s that is no longer sold is refused", async (_, slug, path, body) => {
  withdraw(slug);

  const reply = await account.post(path, body);

  expect([400, 422]).toContain(reply.status);
  expect(messageOf(reply)).toMatch(/not available/);
});

test("an app goes on being deployed in a region that was closed since", async () => {
  const { path } = await anApp(account, aSpec({ region: "nyc" }));
  withdraw("nyc");

  const reply = await account.put(path, { spec: aSpec({ region: "nyc" }) });

  expect(textAt(reply, "app.id")).toBeTruthy();
});
