import { databaseEngines, startTestDatabase } from "../../src/index.ts";
import type { TestDatabase } from "../../src/index.ts";
import { localCertificate } from "../../src/tests/certificates.ts";
import { connectTo, once } from "../support/client.ts";
import { engines, testWith } from "../support/engines.ts";

const testPostgres = testWith("postgres");

const withoutPgBouncer = {
  found: { postgres: engines.found.postgres! },
  missing: [{ engine: "pgbouncer", missing: "PgBouncer is not here", line: "get it" }],
} as const;

let closing: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of closing.splice(0).toReversed()) await one.close();
});

async function pools(names: readonly string[]) {
  const database: TestDatabase = await startTestDatabase(withoutPgBouncer);
  const { authority, certificate, key } = await localCertificate();
  const pool = { mode: "transaction", size: 1, database: "defaultdb" } as const;
  const direct = await databaseEngines(withoutPgBouncer).startPools({
    certificate,
    key,
    server: database.server,
    pools: names.map((name) => ({ ...pool, name })),
  });
  closing = [database, direct];
  const url = new URL(database.api.POSTGRES_URL);
  url.port = String(direct.port);
  url.pathname = "/mam-pool";
  return { url: url.href, authority, direct, pool };
}

testPostgres(
  "without PgBouncer a pool's name leads to its database, and that is said",
  async () => {
    const { url, authority } = await pools(["mam-pool"]);
    const statement = "SELECT current_user AS who, current_database() AS what";
    expect(await once(url, authority, statement)).toEqual([{ who: "mam_app", what: "defaultdb" }]);
    expect(databaseEngines(withoutPgBouncer).notes).toEqual([
      "Pools lead straight to PostgreSQL, and what a pool refuses works. PgBouncer is not here: get it",
    ]);
  },
);

testPostgres("a pool that is not there is named, until it is", async () => {
  const { url, authority, direct, pool } = await pools([]);
  await expect(connectTo(url, authority)).rejects.toThrow("no such database: mam-pool");
  await direct.setPools([{ ...pool, name: "mam-pool" }]);
  await once(url, authority, "SELECT 1");
});

testPostgres("a wrong password and a client without TLS are refused there too", async () => {
  const { url, authority } = await pools(["mam-pool"]);
  await expect(connectTo(url.replace(/:[^:@]+@/, ":wrong@"), authority)).rejects.toThrow(
    "password",
  );
  const { default: pg } = await import("pg");
  const plain = new pg.Client({ connectionString: url.replace(/\?.*/, "") });
  await expect(plain.connect()).rejects.toThrow("SSL required");
});
