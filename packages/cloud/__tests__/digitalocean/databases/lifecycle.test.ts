import { aCluster, anAccount, messageOf, pick, closeAccounts } from "../support.ts";
import type { TestAccount } from "../support.ts";

afterEach(closeAccounts);

let account: TestAccount;
beforeEach(async () => {
  account = await anAccount();
});

const database = async (path: string) => pick((await account.get(path)).body, "database");

test("a resize takes time: the old size while resizing, then the new one", async () => {
  const { path } = await aCluster(account);

  const reply = await account.put(`${path}/resize`, { size: "db-s-2vcpu-4gb", num_nodes: 2 });

  expect([reply.status, reply.body]).toEqual([202, undefined]);
  expect(await database(path)).toMatchObject({ status: "resizing", size: "db-s-1vcpu-2gb" });
  await account.pass(601);
  expect(await database(path)).toMatchObject({
    status: "online",
    size: "db-s-2vcpu-4gb",
    num_nodes: 2,
  });
});

test.each([
  [{ size: "db-s-1vcpu-1gb", num_nodes: 1 }, "smaller"],
  [{ size: "db-s-1vcpu-2gb", num_nodes: 1, storage_size_mib: 1024 }, "smaller"],
  [{ size: "db-s-9vcpu-9gb", num_nodes: 1 }, "not available"],
])("a cluster cannot be resized to %p", async (resize, reason) => {
  const { path } = await aCluster(account);
  const reply = await account.put(`${path}/resize`, resize);
  expect([reply.status, messageOf(reply)]).toEqual([422, expect.stringContaining(reason)]);
});

test("an upgrade shows the old version until it is done, and cannot be asked for twice", async () => {
  const { path } = await aCluster(account, { version: "16" });
  const upgrade = () => account.put(`${path}/upgrade`, { version: "17" });

  expect((await upgrade()).status).toBe(204);
  expect(await database(path)).toMatchObject({ status: "online", version: "16" });
  expect((await upgrade()).status).toBe(422);

  await account.pass(901);
  expect(await database(path)).toMatchObject({ version: "17" });
  expect((await account.put(`${path}/upgrade`, { version: "16" })).status).toBe(422);
});

test("a cluster moves to another region", async () => {
  const { path } = await aCluster(account);

  expect((await account.put(`${path}/migrate`, { region: "mars1" })).status).toBe(422);
  expect((await account.put(`${path}/migrate`, { region: "fra1" })).status).toBe(202);
  expect(await database(path)).toMatchObject({ status: "migrating", region: "nyc1" });
  await account.pass(1201);
  expect(await database(path)).toMatchObject({ status: "online", region: "fra1" });
});

test("a cluster that moves takes the network that is named, or the new region's default", async () => {
  const { path } = await aCluster(account);
  const vpc = await account.post("/v2/vpcs", { name: "ams", region: "ams3" });
  const { id } = (vpc.body as { vpc: { id: string } }).vpc;
  const move = (region: string, private_network_uuid: string) =>
    account.put(`${path}/migrate`, { region, private_network_uuid });

  expect((await move("fra1", id)).status).toBe(422);
  expect((await move("ams3", id)).status).toBe(202);
  await account.pass(1201);
  expect(await database(path)).toMatchObject({ region: "ams3", private_network_uuid: id });
  expect((await move("fra1", "")).status).toBe(202);
  await account.pass(1201);
  const moved = await database(path);
  expect(moved).toMatchObject({ region: "fra1", private_network_uuid: expect.any(String) });
  expect(moved).not.toMatchObject({ private_network_uuid: id });
});

test("a busy cluster refuses further changes", async () => {
  const { path } = await aCluster(account);
  await account.put(`${path}/resize`, { size: "db-s-2vcpu-4gb", num_nodes: 1 });
  const reply = await account.put(`${path}/migrate`, { region: "fra1" });
  expect([reply.status, messageOf(reply)]).toEqual([422, expect.stringContaining("busy")]);
});
