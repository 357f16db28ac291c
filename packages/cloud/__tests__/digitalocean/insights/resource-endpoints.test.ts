import { anAccount, anApp, pick, closeAccounts } from "../support.ts";
import type { TestAccount } from "../support.ts";
import { promPath } from "./support.ts";

afterEach(closeAccounts);

const path = "/v2/insights/resources";
let account: TestAccount;
beforeEach(async () => {
  account = await anAccount();
});

const choose = (urn: string, choice: object) => account.put(`${path}/${urn}/signals`, choice);

test("a resource is unknown until somebody chooses, and signals that nobody chose are left out", async () => {
  expect((await account.get(`${path}/do:app:a`)).status).toBe(404);
  await choose("do:app:a", { region: "nyc1", metrics: true });

  expect((await account.get(`${path}/do:app:a`)).body).toEqual({
    resource: {
      resource_urn: "do:app:a",
      product_type: "apps",
      region: "nyc1",
      metrics: { enabled: true, effective_at: expect.any(String) },
    },
  });
});

test("a choice keeps what it leaves out, and its region is fixed by the first", async () => {
  await choose("do:app:a", { region: "nyc1", metrics: true });
  const moved = await choose("do:app:a", { region: "nyc3", logs: true });
  const same = await choose("do:app:a", { region: "nyc1", logs: false });

  expect(moved.status).toBe(400);
  expect(pick(same.body, "resource")).toMatchObject({
    metrics: { enabled: true },
    logs: { enabled: false },
  });
});

test("a choice of nothing is refused", async () => {
  expect((await choose("do:app:a", { region: "nyc1" })).status).toBe(400);
});

test("the key of an empty list is left out; a list is filtered and sorted", async () => {
  expect((await account.get(path)).body).toEqual({ pagination: { page: 1, per_page: 20 } });
  await choose("do:dbaas:b", { region: "nyc3", metrics: true });
  await choose("do:app:a", { region: "nyc1", metrics: true });
  const urns = async (query: string) =>
    (
      pick((await account.get(`${path}?${query}`)).body, "resources") as { resource_urn: string }[]
    ).map((one) => one.resource_urn);

  expect(await urns("pagination.sort=resource_urn")).toEqual(["do:app:a", "do:dbaas:b"]);
  expect(await urns("filter.product_types=apps")).toEqual(["do:app:a"]);
  expect(await urns("filter.regions=nyc3&filter.regions=sfo3")).toEqual(["do:dbaas:b"]);
  expect((await account.get(`${path}?pagination.per_page=201`)).status).toBe(400);
});

test("a resource whose metrics are switched off has no series", async () => {
  const { id } = await anApp(account);
  const query = promPath("query", { query: "do.apps.app_cpu_usage" });
  expect(pick((await account.get(query)).body, "data.result")).toHaveLength(2);
  await choose(`do:app:${id}`, { metrics: false });

  expect(pick((await account.get(query)).body, "data.result")).toEqual([]);
});
