import { aCluster, anAccount, messageOf, pick, textAt, valkey, closeAccounts } from "../support.ts";
import type { TestAccount } from "../support.ts";

afterEach(closeAccounts);

let account: TestAccount;
let path: string;
beforeEach(async () => {
  account = await anAccount();
  ({ path } = await aCluster(account));
});

const addUser = (name: string) => account.post(`${path}/users`, { name });

test("a user gets a password, which reset_auth replaces", async () => {
  const created = await addUser("mam");
  const first = textAt(created, "user.password");
  expect(created.body).toEqual({ user: { name: "mam", role: "normal", password: first } });

  const reset = await account.post(`${path}/users/mam/reset_auth`);
  const second = textAt(reset, "user.password");

  expect(second).not.toBe(first);
  expect(pick((await account.get(`${path}/users/mam`)).body, "user.password")).toBe(second);
});

test("a user that is made again has another password", async () => {
  const first = textAt(await addUser("mam"), "user.password");
  await account.call("DELETE", `${path}/users/mam`);

  expect(textAt(await addUser("mam"), "user.password")).not.toBe(first);
});

test("a user's name is unique, and the administrator stays", async () => {
  await addUser("mam");
  expect((await addUser("mam")).status).toBe(422);
  expect((await account.call("DELETE", `${path}/users/doadmin`)).status).toBe(422);
  expect((await account.call("DELETE", `${path}/users/mam`)).status).toBe(204);
  expect((await account.get(`${path}/users/mam`)).status).toBe(404);
});

test("a user's settings can be changed", async () => {
  await addUser("mam");
  const settings = { pg_allow_replication: true };
  const reply = await account.put(`${path}/users/mam`, { settings });
  expect([reply.status, reply.body]).toMatchObject([201, { user: { settings } }]);
});

test("a logical database is added and removed", async () => {
  expect((await account.post(`${path}/dbs`, { name: "mam" })).body).toEqual({
    db: { name: "mam" },
  });
  expect((await account.post(`${path}/dbs`, { name: "mam" })).status).toBe(422);
  expect((await account.get(`${path}/dbs`)).body).toMatchObject({
    dbs: [{ name: "defaultdb" }, { name: "mam" }],
  });
  expect((await account.call("DELETE", `${path}/dbs/mam`)).status).toBe(204);
  expect((await account.get(`${path}/dbs/mam`)).status).toBe(404);
});

test("Valkey has no users and no databases to manage", async () => {
  const cache = await aCluster(account, valkey);
  const replies = [
    await account.post(`${cache.path}/users`, { name: "x" }),
    await account.post(`${cache.path}/dbs`, { name: "x" }),
    await account.post(`${cache.path}/pools`, {
      name: "pool",
      mode: "session",
      size: 1,
      db: "x",
    }),
  ];
  expect(replies.map(({ status }) => status)).toEqual([422, 422, 422]);
});

describe("connection pools", () => {
  const pool = {
    name: "mam-pool",
    mode: "transaction",
    size: 20,
    db: "defaultdb",
    user: "doadmin",
  };
  const add = (fields: object = {}) => account.post(`${path}/pools`, { ...pool, ...fields });

  test("a pool is reached at its own port under its own name", async () => {
    const created = await add();
    expect(created.body).toMatchObject({
      pool: {
        ...pool,
        private_connection: { port: 25_061, database: "mam-pool", user: "doadmin" },
      },
    });
    expect(pick((await account.get(`${path}/pools`)).body, "pools.0.name")).toBe("mam-pool");
  });

  test.each([
    ["a database that does not exist", { db: "nobody" }, "does not exist"],
    ["a user who does not exist", { user: "nobody" }, "does not exist"],
    // 25 for each of 2 GiB, less 3.
    ["more connections than the cluster has", { size: 48 }, "47"],
  ])("%s is refused", async (_what, fields, reason) => {
    const reply = await add(fields);
    expect([reply.status, messageOf(reply)]).toEqual([422, expect.stringContaining(reason)]);
  });

  test("a pool without a user of its own lets every user connect as itself", async () => {
    const created = await add({ user: "" });

    expect(created.status).toBe(201);
    expect(pick(created.body, "pool.private_connection.user")).toBe("");
  });

  test("all pools together must fit, and each holds its user and database", async () => {
    await add();
    expect((await add({ name: "second", size: 28 })).status).toBe(422);
    expect((await add()).status).toBe(422);
    expect((await account.call("DELETE", `${path}/dbs/defaultdb`)).status).toBe(422);
    await addUser("mam");
    await add({ name: "second", size: 5, user: "mam" });
    expect((await account.call("DELETE", `${path}/users/mam`)).status).toBe(422);
  });

  test("a pool can be changed in place and removed", async () => {
    await add();
    const change = { mode: "session", size: 30, db: "defaultdb" };
    expect((await account.put(`${path}/pools/mam-pool`, change)).status).toBe(204);
    expect((await account.get(`${path}/pools/mam-pool`)).body).toMatchObject({ pool: change });
    expect((await account.call("DELETE", `${path}/pools/mam-pool`)).status).toBe(204);
    expect((await account.get(`${path}/pools/mam-pool`)).status).toBe(404);
  });
});
