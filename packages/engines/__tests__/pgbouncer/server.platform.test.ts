import { type TestDatabase, startTestDatabase } from "../../src/index.ts";
import { connectTo, once } from "../support/client.ts";
import { engines, testWith } from "../support/engines.ts";

const testPools = testWith("postgres", "pgbouncer");

let database: TestDatabase | undefined;
const aPool = async () => {
  database = await startTestDatabase(engines);
  return {
    ...database,
    server: database.server,
    pooler: database.pooler!,
    authority: database.api.POSTGRES_CA_CERT,
  };
};
afterEach(async () => {
  await database?.close();
  database = undefined;
});

testPools(
  "clients of a pool are its user, whoever waits for a transaction shares connections",
  async () => {
    const { api, authority, pooler } = await aPool();
    await pooler.setPools([
      { name: "mam-pool", mode: "transaction", size: 1, database: "defaultdb", user: "mam_app" },
    ]);
    const clients = await Promise.all([1, 2, 3].map(() => connectTo(api.POSTGRES_URL, authority)));
    const answers = await Promise.all(
      clients.map((client) => client.query("SELECT current_user AS who, pg_backend_pid() AS pid")),
    );
    const rows = answers.map(({ rows: [row] }) => row as { who: string; pid: number });
    expect(rows.map(({ who }) => who)).toEqual(["mam_app", "mam_app", "mam_app"]);
    expect(new Set(rows.map(({ pid }) => pid)).size).toBe(1);
    await Promise.all(clients.map((client) => client.end()));
  },
);

testPools("a password that the server takes is the pool's too, at once", async () => {
  const { api, authority, server } = await aPool();
  await once(api.POSTGRES_URL, authority, "SELECT 1");
  await server.setPassword("mam_app", "another");
  await expect(connectTo(api.POSTGRES_URL, authority)).rejects.toThrow();
  const url = new URL(api.POSTGRES_URL);
  url.password = "another";
  await once(url.href, authority, "SELECT 1");
});

testPools("pools come and go while clients of the others stay connected", async () => {
  const { api, apiB, authority, pooler } = await aPool();
  const stays = await connectTo(api.POSTGRES_URL, authority);
  await stays.query("SELECT 1");
  const pool = { mode: "transaction", size: 3, database: "defaultdb", user: "mam_app" } as const;
  await pooler.setPools([
    { ...pool, name: "mam-pool" },
    { ...pool, name: "third" },
  ]);
  await once(api.POSTGRES_URL.replace("/mam-pool?", "/third?"), authority, "SELECT 1");
  await expect(connectTo(apiB.POSTGRES_URL, authority)).rejects.toThrow();
  await stays.query("SELECT 1");
  await stays.end();
});

testPools("a startup parameter that a pool cannot keep is refused", async () => {
  const { api, authority } = await aPool();
  const url = new URL(api.POSTGRES_URL);
  url.searchParams.set("statement_timeout", "1000");
  await expect(connectTo(url.href, authority)).rejects.toThrow("unsupported startup parameter");
});

testPools("without TLS nobody comes in", async () => {
  const { api } = await aPool();
  const { default: pg } = await import("pg");
  const plain = new pg.Client({ connectionString: api.POSTGRES_URL.replace(/\?.*/, "") });
  await expect(plain.connect()).rejects.toThrow("SSL required");
});
