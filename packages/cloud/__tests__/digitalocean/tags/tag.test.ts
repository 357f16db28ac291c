import { aCluster, anAccount, pick, closeAccounts } from "../support.ts";
import type { TestAccount } from "../support.ts";

afterEach(closeAccounts);

let account: TestAccount;
beforeEach(async () => {
  account = await anAccount();
});

test("a tag is put on a database and taken off again", async () => {
  const { id, path } = await aCluster(account);
  const resources = { resources: [{ resource_id: id, resource_type: "database" }] };
  const tags = async () => pick((await account.get(path)).body, "database.tags");

  expect((await account.post("/v2/tags", { name: "mam" })).status).toBe(201);
  expect((await account.post("/v2/tags/mam/resources", resources)).status).toBe(204);
  expect(await tags()).toEqual(["mam"]);
  expect((await account.get("/v2/tags/mam")).body).toMatchObject({
    tag: { resources: { databases: { count: 1 } } },
  });

  expect((await account.call("DELETE", "/v2/tags/mam/resources", resources)).status).toBe(204);
  expect(await tags()).toEqual([]);
});

test("deleting a tag takes it off everything", async () => {
  const { path } = await aCluster(account, { tags: ["mam"] });
  expect((await account.call("DELETE", "/v2/tags/mam")).status).toBe(204);
  expect(pick((await account.get(path)).body, "database.tags")).toEqual([]);
  expect((await account.get("/v2/tags/mam")).status).toBe(404);
});

test("a tag on something that is not played is a finding", async () => {
  await account.post("/v2/tags", { name: "mam" });
  const reply = await account.post("/v2/tags/mam/resources", {
    resources: [{ resource_id: "1", resource_type: "droplet" }],
  });
  expect(reply.status).toBe(501);
  expect(account.cloud.findings()).toHaveLength(1);
});
