import { setTimeout } from "node:timers/promises";

import { aCluster, textAt, closeAccounts } from "../../support.ts";
import type { TestAccount } from "../../support.ts";
import {
  type Connection,
  aRealAccount,
  connectPostgres,
  connectionAt,
  testWith,
  closeConnections,
} from "./support/real-databases.ts";

afterEach(closeConnections);

afterEach(closeAccounts);

const testPostgres = testWith("postgres");

async function aDatabase() {
  const account = await aRealAccount();
  const cluster = await aCluster(account);
  const administrator = await connectionAt(account, cluster.path, "database.connection");
  return { account, ...cluster, administrator };
}

/** A new user of a cluster, as whom one connects like the administrator. */
async function aUser(account: TestAccount, path: string, name: string, like: Connection) {
  const reply = await account.post(`${path}/users`, { name });
  return { ...like, user: name, password: textAt(reply, "user.password") };
}

async function ask(account: TestAccount, to: Connection, statement: string) {
  const client = await connectPostgres(account, to);
  const { rows } = await client.query<Record<string, unknown>>(statement);
  await client.end();
  return rows;
}

testPostgres(
  "a cluster that is online answers at its public host, and its certificate is for it",
  async () => {
    const { account, administrator } = await aDatabase();
    const statement = "SELECT current_user AS who, current_database() AS what";
    const rows = await ask(account, administrator, statement);
    expect(rows).toEqual([{ who: "doadmin", what: "defaultdb" }]);
  },
);

testPostgres("the authority that the API names is the one that signs", async () => {
  const { account, path } = await aDatabase();
  const certificate = textAt(await account.get(`${path}/ca`), "ca.certificate");
  expect(Buffer.from(certificate, "base64").toString()).toBe(
    account.cloud.databases!.authorities.postgres,
  );
});

testPostgres("while it is created nothing answers", async () => {
  const account = await aRealAccount();
  await account.post("/v2/databases", {
    name: "mam-pg",
    engine: "pg",
    version: "17",
    size: "db-s-1vcpu-2gb",
    num_nodes: 1,
    region: "nyc1",
  });
  expect(account.cloud.databases!.publicAddresses()).toEqual({});
});

testPostgres("a plan's connections are the server's", async () => {
  const { account, administrator, path } = await aDatabase();
  const most = async () => (await ask(account, administrator, "SHOW max_connections"))[0];
  expect(await most()).toEqual({ max_connections: "50" });
  await account.put(`${path}/resize`, { size: "db-s-2vcpu-4gb", num_nodes: 1 });
  await account.pass(601);
  await account.get(path);
  expect(await most()).toEqual({ max_connections: "100" });
});

testPostgres("users and databases that the API makes are there when it has answered", async () => {
  const { account, administrator, path } = await aDatabase();
  const user = await aUser(account, path, "mam_app", administrator);
  await account.post(`${path}/dbs`, { name: "mam" });
  const rows = await ask(account, { ...user, database: "mam" }, "SELECT current_user AS who");
  expect(rows).toEqual([{ who: "mam_app" }]);
});

testPostgres("a password that was reset locks out at once, and data stay", async () => {
  const { account, administrator, path } = await aDatabase();
  await ask(account, administrator, "CREATE TABLE films ()");
  const reply = await account.post(`${path}/users/doadmin/reset_auth`, {});
  await expect(connectPostgres(account, administrator)).rejects.toThrow("password");
  const next = { ...administrator, password: textAt(reply, "user.password") };
  expect(await ask(account, next, "SELECT to_regclass('films')::text AS films")).toEqual([
    { films: "films" },
  ]);
});

testPostgres("a user with rights is removed, and so is a database with connections", async () => {
  const { account, administrator, path } = await aDatabase();
  const user = await aUser(account, path, "mam_app", administrator);
  await account.post(`${path}/dbs`, { name: "mam" });
  await ask(
    account,
    { ...administrator, database: "mam" },
    "CREATE TABLE t (); GRANT ALL ON t TO mam_app",
  );
  await connectPostgres(account, { ...administrator, database: "mam" });
  expect((await account.call("DELETE", `${path}/users/mam_app`)).status).toBe(204);
  expect((await account.call("DELETE", `${path}/dbs/mam`)).status).toBe(204);
  await expect(connectPostgres(account, user)).rejects.toThrow();
  expect(account.cloud.findings()).toEqual([]);
});

testPostgres("settings of the configuration are the server's", async () => {
  const { account, administrator, path } = await aDatabase();
  const config = { idle_in_transaction_session_timeout: 60_000, work_mem: 8, max_connections: 30 };
  expect((await account.call("PATCH", `${path}/config`, { config })).status).toBe(200);
  const statement = `SELECT current_setting('idle_in_transaction_session_timeout') AS idle,
    current_setting('work_mem') AS memory, current_setting('max_connections') AS most`;
  expect(await ask(account, administrator, statement)).toEqual([
    { idle: "1min", memory: "8MB", most: "30" },
  ]);
});

testPostgres("a cluster that is restored begins with the data of the other one", async () => {
  const { account, administrator } = await aDatabase();
  await ask(account, administrator, "CREATE TABLE films AS SELECT 1 AS id");
  await account.pass(86_400);
  const { path } = await aCluster(account, {
    name: "restored",
    backup_restore: { database_name: "mam-pg" },
  });
  await ask(account, administrator, "INSERT INTO films VALUES (2)");
  await account.pass(3600);
  const restored = await connectionAt(account, path, "database.connection");
  expect(restored.password).not.toBe(administrator.password);
  expect(await ask(account, restored, "SELECT * FROM films")).toEqual([{ id: 1 }]);
});

testPostgres("a cluster that is restored to a time has what was committed until then", async () => {
  const { account, administrator } = await aDatabase();
  await account.pass(86_400);
  await ask(account, administrator, "CREATE TABLE films AS SELECT 1 AS id");
  await ask(account, administrator, "INSERT INTO films VALUES (2)");
  await setTimeout(50);
  const then = Date.now();
  await setTimeout(50);
  await ask(account, administrator, "DELETE FROM films WHERE id = 1");
  const time = new Date(account.clock.now().getTime() - (Date.now() - then)).toISOString();
  const { path } = await aCluster(account, {
    name: "restored",
    backup_restore: { database_name: "mam-pg", backup_created_at: time },
  });
  await account.pass(3600);
  const restored = await connectionAt(account, path, "database.connection");
  const films = "SELECT id FROM films ORDER BY id";
  expect(await ask(account, restored, films)).toEqual([{ id: 1 }, { id: 2 }]);
  expect(await ask(account, administrator, films)).toEqual([{ id: 2 }]);
});

testPostgres("a cluster that is destroyed no longer answers", async () => {
  const { account, administrator, path } = await aDatabase();
  const client = await connectPostgres(account, administrator);
  await account.call("DELETE", path);
  await expect(client.query("SELECT 1")).rejects.toThrow();
  expect(account.cloud.databases!.publicAddresses()).toEqual({});
});

testPostgres(
  "a server that is killed is away until it is started again, and has its data then",
  async () => {
    const { account, id, administrator } = await aDatabase();
    await ask(account, administrator, "CREATE TABLE kept AS SELECT 7 AS number");
    const client = await connectPostgres(account, administrator);
    const bringBack = await account.cloud.databases!.kill(id);

    await expect(client.query("SELECT 1")).rejects.toThrow(/terminat|ECONNRESET|not queryable/);
    await expect(ask(account, administrator, "SELECT 1")).rejects.toThrow(
      /terminated|ECONNRESET|closed|disconnected/,
    );

    await bringBack();
    expect(await ask(account, administrator, "SELECT number FROM kept")).toEqual([{ number: 7 }]);
  },
);

testPostgres("SQL is run in another database of a cluster, past every user", async () => {
  const { account, id, path, administrator } = await aDatabase();
  await account.post(`${path}/dbs`, { name: "mam" });
  const { query } = account.cloud.databases!.measurable(id)!;
  await query!("CREATE TABLE made AS SELECT 1 AS one; CREATE TABLE further ()", "mam");

  const tables = "SELECT count(*)::int AS count FROM pg_tables WHERE schemaname = 'public'";
  expect(await ask(account, { ...administrator, database: "mam" }, tables)).toEqual([{ count: 2 }]);
  expect(await ask(account, administrator, tables)).toEqual([{ count: 0 }]);
});
