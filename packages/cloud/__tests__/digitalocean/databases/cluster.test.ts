import {
  aCluster,
  anAccount,
  messageOf,
  pick,
  postgres,
  textAt,
  valkey,
  closeAccounts,
} from "../support.ts";
import type { TestAccount } from "../support.ts";

afterEach(closeAccounts);

let account: TestAccount;
beforeEach(async () => {
  account = await anAccount();
});

const create = (fields: object = {}) => account.post("/v2/databases", { ...postgres, ...fields });

test("a cluster takes time: creating, then online", async () => {
  const created = await create();
  const path = `/v2/databases/${textAt(created, "database.id")}`;
  expect([created.status, pick(created.body, "database.status")]).toEqual([201, "creating"]);

  await account.pass(299);
  expect(pick((await account.get(path)).body, "database.status")).toBe("creating");
  await account.pass(2);
  expect(pick((await account.get(path)).body, "database.status")).toBe("online");
});

test("standby nodes take longer", async () => {
  const created = await create({ num_nodes: 2 });
  await account.pass(301);
  const reply = await account.get(`/v2/databases/${textAt(created, "database.id")}`);
  expect(pick(reply.body, "database.status")).toBe("creating");
});

test("a cluster is answered with its private host, port, user, version dates and network", async () => {
  const { path } = await aCluster(account);

  const { body } = await account.get(path);

  expect(body).toMatchObject({
    database: {
      ...postgres,
      db_names: ["defaultdb"],
      users: [{ name: "doadmin", role: "primary" }],
      connection: { port: 25_060, user: "doadmin", database: "defaultdb", ssl: true },
      metrics_endpoints: [{ port: 9273 }],
      version_end_of_availability: "2029-05-08T00:00:00Z",
    },
  });
  expect(pick(body, "database.private_connection.host")).toMatch(/^private-mam-pg-/);
  expect(pick(body, "database.private_connection.uri")).toMatch(
    /^postgresql:\/\/doadmin:AVNS_.+@private-mam-pg-.+:25060\/defaultdb\?sslmode=require$/,
  );
  const [network] = account.cloud.store.vpcs.filter((vpc) => vpc.region === "nyc1");
  expect(pick(body, "database.private_network_uuid")).toBe(network?.id);
});

test("Valkey answers TLS on its own port and has one user", async () => {
  const { path } = await aCluster(account, valkey);
  const { body } = await account.get(path);
  expect(pick(body, "database.connection.uri")).toMatch(/^rediss:\/\/default:.+:25061$/);
});

test("OpenSearch has a dashboard connection", async () => {
  const { path } = await aCluster(account, {
    name: "logs",
    engine: "opensearch",
    version: "2",
    size: "db-s-2vcpu-4gb",
  });
  expect(pick((await account.get(path)).body, "database.ui_connection.port")).toBe(443);
});

test.each([
  ["a taken name", {}, "not available"],
  ["a region that is none", { name: "second", region: "mars1" }, "region"],
  ["Valkey in nyc2", { ...valkey, name: "second", region: "nyc2" }, "region"],
  ["a version that is over", { name: "second", version: "14" }, "version"],
  ["a version that never was", { name: "second", version: "99" }, "version"],
  ["a number of nodes that is not sold", { name: "second", num_nodes: 4 }, "nodes"],
  ["a size that is not sold", { name: "second", size: "db-s-9vcpu-9gb" }, "size"],
  [
    "a standby on the smallest size",
    { name: "second", size: "db-s-1vcpu-1gb", num_nodes: 2 },
    "size",
  ],
  ["a Standard size for advanced_pg", { name: "second", engine: "advanced_pg" }, "size"],
  ["Redis, which is over", { name: "second", engine: "redis", version: "7" }, "valkey"],
])("%s is refused", async (_what, fields, reason) => {
  await create();

  const reply = await create(fields);

  expect(reply.status).toBe(422);
  expect(messageOf(reply)).toContain(reason);
  expect(account.cloud.findings()).toEqual([]);
});

test("an engine that is not played is a finding", async () => {
  expect((await create({ engine: "mysql", version: "8" })).status).toBe(501);
  expect(account.cloud.findings()).toHaveLength(1);
});

test("a network in another region is refused", async () => {
  const other = account.cloud.store.vpcs.find(({ region }) => region === "fra1");
  const reply = await create({ private_network_uuid: other?.id });
  expect([reply.status, messageOf(reply)]).toEqual([422, expect.stringContaining("fra1")]);
});

describe("the end of Standard high availability", () => {
  const before = new Date("2026-11-29T23:59:00Z");
  const after = new Date("2026-11-30T00:00:00Z");

  test("a standby or more than 4 GiB is sold until 2026-11-29", async () => {
    account.clock.set(before);
    const [standby, large] = [
      await create({ num_nodes: 2 }),
      await create({ name: "second", size: "db-s-4vcpu-8gb" }),
    ];
    expect([standby.status, large.status]).toEqual([201, 201]);
  });

  test.each([
    ["a standby", { num_nodes: 2 }],
    ["more than 4 GiB", { size: "db-s-4vcpu-8gb" }],
  ])("%s is refused from 2026-11-30", async (_what, fields) => {
    account.clock.set(after);
    const reply = await create(fields);
    expect([reply.status, messageOf(reply)]).toEqual([422, expect.stringContaining("advanced_pg")]);
  });

  test("one node up to 4 GiB, and advanced_pg with standbys, are sold after it", async () => {
    account.clock.set(after);
    const small = await create({ size: "db-s-2vcpu-4gb" });
    const advanced = await create({
      name: "second",
      engine: "advanced_pg",
      size: "gd-2vcpu-8gb",
      num_nodes: 2,
    });
    expect([small.status, advanced.status]).toEqual([201, 201]);
    expect(advanced.body).toMatchObject({
      database: { standby_private_connection: { port: 25_060 } },
    });
  });

  test("an account without clusters before is limited from 2026-10-15", async () => {
    const fresh = await anAccount({ hadDatabases: false });
    const reply = await fresh.post("/v2/databases", { ...postgres, num_nodes: 2 });
    expect(reply.status).toBe(422);
  });
});

test("what is sold can be asked for", async () => {
  const { body } = await account.get("/v2/databases/options");
  expect(pick(body, "options.advanced_pg.versions")).toEqual(["16", "17", "18"]);
  expect(pick(body, "options.valkey.versions")).toEqual(["8"]);
  expect(pick(body, "version_availability.pg.0.end_of_availability")).toBe("2025-05-13T00:00:00Z");
});

test("which version is taken where none is named, the options do not say", async () => {
  const { body } = await account.get("/v2/databases/options");
  expect(Object.keys(pick(body, "options.pg") as object)).toEqual([
    "regions",
    "versions",
    "layouts",
  ]);
  expect(pick(body, "version_availability.pg.0")).not.toHaveProperty("default");
});

test("clusters are listed, also by tag", async () => {
  await create({ tags: ["mam"] });
  await create({ ...valkey, tags: null });

  const all = await account.get("/v2/databases");
  const tagged = await account.get("/v2/databases?tag_name=mam");

  expect(pick(all.body, "meta.total")).toBe(2);
  expect(tagged.body).toMatchObject({ databases: [{ name: "mam-pg", tags: ["mam"] }] });
});

test("a cluster takes no orders before it is online: 412", async () => {
  const path = `/v2/databases/${textAt(await create(), "database.id")}`;

  const replies = await Promise.all([
    account.post(`${path}/users`, { name: "u" }),
    account.put(`${path}/firewall`, { rules: [] }),
    account.put(`${path}/resize`, { size: "db-s-2vcpu-4gb", num_nodes: 1 }),
  ]);

  expect(replies.map(({ status }) => status)).toEqual([412, 412, 412]);
});

test("a destroyed cluster is gone after a while, and its name is free then", async () => {
  const { path } = await aCluster(account);

  expect((await account.call("DELETE", path)).status).toBe(204);
  expect((await account.get(path)).status).toBe(200);
  expect((await create()).status).toBe(422);

  await account.pass(181);
  expect((await account.get(path)).status).toBe(404);
  expect((await create()).status).toBe(201);
});
