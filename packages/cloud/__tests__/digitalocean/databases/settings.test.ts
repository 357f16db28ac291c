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

test("a PATCH of the configuration sets what it names and leaves the rest", async () => {
  const { path } = await aCluster(account);
  const patch = (config: object) => account.call("PATCH", `${path}/config`, { config });

  expect((await patch({ timezone: "UTC", backup_hour: 3 })).status).toBe(200);
  await patch({ log_min_duration_statement: 0 });

  expect((await account.get(`${path}/config`)).body).toMatchObject({
    config: { timezone: "UTC", backup_hour: 3, log_min_duration_statement: 0 },
  });
});

test("settings are changed without an answer, and read by another call", async () => {
  const { path } = await aCluster(account);
  const reply = await account.call("PATCH", `${path}/config`, { config: { work_mem: 8 } });
  expect([reply.status, reply.body]).toEqual([200, undefined]);
  expect(pick((await account.get(`${path}/config`)).body, "config.work_mem")).toBe(8);
});

test("a setting of another engine is refused by name and is a finding", async () => {
  const { path } = await aCluster(account);
  const reply = await account.call("PATCH", `${path}/config`, { config: { valkey_timeout: 1 } });
  expect([reply.status, messageOf(reply)]).toEqual([
    422,
    expect.stringContaining("config.valkey_timeout"),
  ]);
  expect(account.cloud.findings()).toHaveLength(1);
});

test.each([
  { work_mem: 2048 },
  { "pg_partman_bgw.role": "a role" },
  { pgbouncer: { ignore_startup_parameters: ["anything"] } },
])("a setting outside of its limits is refused: %j", async (config) => {
  const { path } = await aCluster(account);
  const reply = await account.call("PATCH", `${path}/config`, { config });
  expect(reply.status).toBe(422);
  expect(account.cloud.findings()).toEqual([]);
});

test("Valkey's eviction policy is one setting with two spellings", async () => {
  const { path } = await aCluster(account, valkey);
  expect((await account.get(`${path}/eviction_policy`)).body).toEqual({
    eviction_policy: "noeviction",
  });

  await account.put(`${path}/eviction_policy`, { eviction_policy: "allkeys_lru" });
  const config = await account.get(`${path}/config`);
  expect(pick(config.body, "config.valkey_maxmemory_policy")).toBe("allkeys-lru");

  await account.call("PATCH", `${path}/config`, {
    config: { valkey_maxmemory_policy: "noeviction" },
  });
  expect((await account.get(`${path}/eviction_policy`)).body).toEqual({
    eviction_policy: "noeviction",
  });
});

test("the eviction policy with hyphens is refused by its own call, and PostgreSQL has none", async () => {
  const cache = await aCluster(account, valkey);
  const { path } = await aCluster(account);
  const put = (base: string, policy: string) =>
    account.put(`${base}/eviction_policy`, { eviction_policy: policy });
  expect((await put(cache.path, "allkeys-lru")).status).toBe(422);
  expect((await put(path, "noeviction")).status).toBe(422);
});

test("a maintenance window is read back with seconds", async () => {
  const { path } = await aCluster(account);
  const window = { day: "sunday", hour: "04:30" };
  expect((await account.put(`${path}/maintenance`, window)).status).toBe(204);
  expect(pick((await account.get(path)).body, "database.maintenance_window")).toMatchObject({
    day: "sunday",
    hour: "04:30:00",
  });
});

test("log sinks are added, changed and removed", async () => {
  const { path } = await aCluster(account);
  const config = { server: "logs.example.com", port: 514, tls: true, format: "rfc5424" };
  const sink = { sink_name: "syslog", sink_type: "rsyslog", config };

  const created = await account.post(`${path}/logsink`, sink);
  const one = `${path}/logsink/${textAt(created, "sink.sink_id")}`;

  expect([created.status, pick(created.body, "sink")]).toEqual([
    201,
    expect.objectContaining(sink),
  ]);
  expect((await account.get(one)).body).toMatchObject(sink);
  expect((await account.post(`${path}/logsink`, sink)).status).toBe(422);
  expect((await account.put(one, { config: { ...config, port: 601 } })).status).toBe(200);
  expect(pick((await account.get(`${path}/logsink`)).body, "sinks.0.config.port")).toBe(601);
  expect((await account.call("DELETE", one)).status).toBe(200);
  expect((await account.get(one)).status).toBe(404);
});

test("a log sink's configuration must be that of its type", async () => {
  const { path } = await aCluster(account);
  const reply = await account.post(`${path}/logsink`, {
    sink_name: "search",
    sink_type: "opensearch",
    config: { server: "logs.example.com", port: 514 },
  });
  expect(reply.status).toBe(422);
});

test("the certificate authority is a certificate in base64", async () => {
  const { path } = await aCluster(account);
  const encoded = textAt(await account.get(`${path}/ca`), "ca.certificate");
  expect(Buffer.from(encoded, "base64").toString()).toContain("BEGIN CERTIFICATE");
});

test("metrics credentials are one pair for the account and need their own scope", async () => {
  const { body } = await account.get("/v2/databases/metrics/credentials");
  expect(pick(body, "credentials.basic_auth_username")).toBe("metrics");
  const reader = await account.call(
    "GET",
    "/v2/databases/metrics/credentials",
    undefined,
    "reader",
  );
  expect(reader.status).toBe(403);
});

test("storage autoscaling is set and read", async () => {
  const { path } = await aCluster(account);
  const storage = { enabled: true, threshold_percent: 80, increment_gib: 10 };
  expect((await account.put(`${path}/autoscale`, { storage })).status).toBe(204);
  expect((await account.get(`${path}/autoscale`)).body).toEqual({ autoscale: { storage } });
});

describe("backups", () => {
  const day = 86_400;

  test("there is one a day, for a week", async () => {
    const { path } = await aCluster(account);
    const total = async () => pick((await account.get(`${path}/backups`)).body, "meta.total");

    expect(await total()).toBe(1);
    await account.pass(3 * day);
    expect(await total()).toBe(4);
    await account.pass(30 * day);
    expect(await total()).toBe(7);
  });

  test("those that ceased to be made are missing, and nothing else says so", async () => {
    const { path } = await aCluster(account);
    await account.pass(2 * day);
    account.cloud.store.databases[0]!.backups_stopped_at = account.clock.now().toISOString();
    await account.pass(2 * day);

    const { body } = await account.get(`${path}/backups`);
    expect(pick(body, "meta.total")).toBe(3);
    expect(pick((await account.get(path)).body, "database.status")).toBe("online");
  });

  test("Valkey has none: the question is refused", async () => {
    const { path } = await aCluster(account, valkey);
    expect((await account.get(`${path}/backups`)).status).toBe(422);
  });

  test("a new cluster is restored from a backup with its databases and users", async () => {
    const { path } = await aCluster(account);
    await account.post(`${path}/dbs`, { name: "mam" });
    await account.pass(day);

    const restored = await account.post("/v2/databases", {
      ...postgres,
      name: "restored",
      backup_restore: { database_name: "mam-pg" },
    });

    expect(restored.body).toMatchObject({
      database: { status: "forking", db_names: ["defaultdb", "mam"] },
    });
    await account.pass(601);
    const copy = await account.get(`/v2/databases/${textAt(restored, "database.id")}`);
    expect(pick(copy.body, "database.status")).toBe("online");
  });

  test.each([
    { database_name: "nobody" },
    { database_name: "mam-pg", backup_created_at: "2020-01-01T00:00:00Z" },
  ])("%p cannot be restored", async (backup) => {
    await aCluster(account);
    const reply = await account.post("/v2/databases", {
      ...postgres,
      name: "restored",
      backup_restore: backup,
    });
    expect(reply.status).toBe(422);
  });
});
