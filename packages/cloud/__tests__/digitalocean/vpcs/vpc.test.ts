import {
  aCluster,
  aSpec,
  anAccount,
  anApp,
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

const network = { name: "mam", region: "nyc1", ip_range: "10.120.0.0/20" };

test("a network is created, read, changed and deleted; afterwards it is 404", async () => {
  const created = await account.post("/v2/vpcs", { ...network, description: "private" });
  const path = `/v2/vpcs/${textAt(created, "vpc.id")}`;

  expect(created.status).toBe(201);
  expect(created.body).toMatchObject({
    vpc: { ...network, description: "private", default: false },
  });
  expect(pick(created.body, "vpc.urn")).toBe(`do:vpc:${textAt(created, "vpc.id")}`);
  const changed = await account.put(path, { name: "mam", description: "other", default: false });
  expect(pick(changed.body, "vpc.description")).toBe("other");
  const patched = await account.call("PATCH", path, { name: "mam-2" });
  expect(patched.body).toMatchObject({ vpc: { name: "mam-2", description: "other" } });

  expect((await account.call("DELETE", path)).status).toBe(204);
  expect((await account.get(path)).status).toBe(404);
});

test.each([
  ["a taken name", { ...network, ip_range: "10.121.0.0/20" }, "already exists"],
  ["an overlapping range", { ...network, name: "b", ip_range: "10.120.8.0/24" }, "overlaps"],
  ["a public range", { ...network, name: "b", ip_range: "8.8.0.0/20" }, "private"],
  ["a range that is too large", { ...network, name: "b", ip_range: "172.16.0.0/15" }, "size"],
  ["a range that is too small", { ...network, name: "b", ip_range: "172.16.0.0/29" }, "size"],
  ["a reserved range", { ...network, name: "b", ip_range: "10.244.16.0/20" }, "reserved"],
  ["New York's own range", { ...network, name: "b", ip_range: "10.10.16.0/20" }, "reserved"],
  ["an unknown region", { name: "b", region: "nyc9" }, "region"],
])("%s is refused", async (_what, request, reason) => {
  await account.post("/v2/vpcs", network);

  const reply = await account.post("/v2/vpcs", request);

  expect(reply.status).toBe(422);
  expect(messageOf(reply)).toContain(reason);
});

test("a range is chosen where none is named", async () => {
  const reply = await account.post("/v2/vpcs", { name: "chosen", region: "nyc1" });
  expect(textAt(reply, "vpc.ip_range")).toMatch(/^10\.\d+\.\d+\.0\/20$/);
});

test("a network with members cannot be deleted: 409, also while its database is being destroyed", async () => {
  const id = textAt(await account.post("/v2/vpcs", network), "vpc.id");
  const cluster = await aCluster(account, { private_network_uuid: id });
  const remove = () => account.call("DELETE", `/v2/vpcs/${id}`);

  const members = await account.get(`/v2/vpcs/${id}/members?resource_type=dbaas`);
  expect(members.body).toMatchObject({ members: [{ name: "mam-pg" }], meta: { total: 1 } });
  expect((await remove()).status).toBe(409);

  await account.call("DELETE", cluster.path);
  const busy = await remove();
  expect([busy.status, messageOf(busy)]).toEqual([409, "Can not delete VPC with members"]);

  await account.pass(600);
  expect((await remove()).status).toBe(204);
});

test("an app is a member of its network", async () => {
  const id = textAt(await account.post("/v2/vpcs", network), "vpc.id");
  await anApp(account, aSpec({ region: "nyc", vpc: { id } }));
  expect((await account.call("DELETE", `/v2/vpcs/${id}`)).status).toBe(409);
});

test("the first network of a region becomes its default, which nobody can delete", async () => {
  const fresh = await anAccount({ defaultVpcs: false });
  const first = await fresh.post("/v2/vpcs", network);
  const second = await fresh.post("/v2/vpcs", { ...network, name: "b", ip_range: "10.121.0.0/20" });

  expect([pick(first.body, "vpc.default"), pick(second.body, "vpc.default")]).toEqual([
    true,
    false,
  ]);
  const removed = await fresh.call("DELETE", `/v2/vpcs/${textAt(first, "vpc.id")}`);
  expect(removed.status).toBe(403);
});

test("making another network the default takes it from the first", async () => {
  const id = textAt(await account.post("/v2/vpcs", network), "vpc.id");
  await account.put(`/v2/vpcs/${id}`, { name: "mam", default: true });
  const defaults = account.cloud.store.vpcs.filter((vpc) => vpc.region === "nyc1" && vpc.default);
  expect(defaults.map(({ name }) => name)).toEqual(["mam"]);
});
