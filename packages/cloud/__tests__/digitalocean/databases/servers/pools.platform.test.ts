import { aCluster, pick, closeAccounts } from "../../support.ts";
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

const testPools = testWith("postgres", "pgbouncer");

async function aPool() {
  const account = await aRealAccount();
  const { path } = await aCluster(account);
  await account.post(`${path}/users`, { name: "mam_app" });
  const pool = { name: "mam-pool", mode: "transaction", size: 2, db: "defaultdb", user: "mam_app" };
  const reply = await account.post(`${path}/pools`, pool);
  const connection = pick(reply.body, "pool.connection") as Connection;
  return { account, path, pool, connection };
}

const who = "SELECT current_user AS who, pg_backend_pid() AS pid";

testPools("clients of a transaction pool share as many connections as it has", async () => {
  const { account, connection } = await aPool();
  const clients = [];
  for (let count = 0; count < 6; count++) clients.push(await connectPostgres(account, connection));
  const answers = await Promise.all(
    clients.map((client) => client.query<{ who: string; pid: number }>(`BEGIN; ${who}; COMMIT`)),
  );
  const rows = answers.flatMap(
    (answer) => (answer as unknown as { rows: { who: string; pid: number }[] }[])[1]!.rows,
  );
  expect(new Set(rows.map((row) => row.who))).toEqual(new Set(["mam_app"]));
  expect(new Set(rows.map((row) => row.pid)).size).toBeLessThanOrEqual(2);
});

testPools("what a pool cannot keep for a client is refused there, as on the platform", async () => {
  const { account, connection } = await aPool();
  const asked = { ...connection, statement_timeout: 1000 };
  await expect(connectPostgres(account, asked)).rejects.toThrow("unsupported startup parameter");
});

testPools("a pool that is changed or removed is so when the API has answered", async () => {
  const { account, path, pool, connection } = await aPool();
  const { name, ...rest } = pool;
  await account.put(`${path}/pools/${name}`, { ...rest, size: 1 });
  const clients = [
    await connectPostgres(account, connection),
    await connectPostgres(account, connection),
  ];
  const [first, second] = await Promise.all(
    clients.map((client) => client.query<{ pid: number }>(who)),
  );
  expect(first!.rows[0]!.pid).toBe(second!.rows[0]!.pid);
  await account.call("DELETE", `${path}/pools/${name}`);
  await expect(connectPostgres(account, connection)).rejects.toThrow();
});

testPools("a new password holds in the pool at once", async () => {
  const { account, path, connection } = await aPool();
  await connectPostgres(account, connection);
  await account.post(`${path}/users/mam_app/reset_auth`, {});
  await expect(connectPostgres(account, connection)).rejects.toThrow();
  const next = await connectionAt(account, `${path}/pools/mam-pool`, "pool.connection");
  await connectPostgres(account, next);
});
