import { access } from "node:fs/promises";

import { startPostgres } from "../../src/index.ts";
import { localCertificate } from "../../src/tests/certificates.ts";
import { type TestDatabase, startTestDatabase } from "../../src/tests/test-database.ts";
import { connectTo, once } from "../support/client.ts";
import { engines, testWith } from "../support/engines.ts";

const testPostgres = testWith("postgres");

let database: TestDatabase | undefined;
const aDatabase = async () => {
  database = await startTestDatabase(engines);
  const { migrate, server } = database;
  const as = (user: string, password: string) => {
    const url = new URL(migrate.POSTGRES_URL);
    Object.assign(url, { username: user, password });
    return url.href;
  };
  const administer = (statement: string) =>
    once(migrate.POSTGRES_URL, migrate.POSTGRES_CA_CERT, statement);
  return { ...database, server, as, administer, authority: migrate.POSTGRES_CA_CERT };
};
afterEach(async () => {
  await database?.close();
  database = undefined;
});

testPostgres(
  "it is spoken to over TLS by who trusts its authority, and by nobody else",
  async () => {
    const { migrate, authority } = await aDatabase();
    const stranger = (await localCertificate()).authority;
    const rows = await once(migrate.POSTGRES_URL, authority, "SELECT current_user AS who");
    expect(rows).toEqual([{ who: "doadmin" }]);
    await expect(connectTo(migrate.POSTGRES_URL, stranger)).rejects.toThrow(/certificate/);
  },
);

testPostgres("without TLS nobody comes in", async () => {
  const { migrate } = await aDatabase();
  const { default: pg } = await import("pg");
  const plain = new pg.Client({ connectionString: migrate.POSTGRES_URL.replace(/\?.*/, "") });
  await expect(plain.connect()).rejects.toThrow("no encryption");
});

testPostgres("the superuser is not reached from outside", async () => {
  const { as, authority, server } = await aDatabase();
  await server.query("ALTER ROLE postgres PASSWORD 'known'");
  await expect(connectTo(as("postgres", "known"), authority)).rejects.toThrow("rejects");
});

testPostgres("the administrator makes roles and databases, and is no superuser", async () => {
  const { administer } = await aDatabase();
  const [role] = await administer(
    "SELECT rolsuper, rolcreaterole, rolcreatedb FROM pg_roles WHERE rolname = current_user",
  );
  expect(role).toEqual({ rolsuper: false, rolcreaterole: true, rolcreatedb: true });
  await expect(administer("ALTER SYSTEM SET work_mem = '1MB'")).rejects.toThrow("permission");
});

testPostgres("a new user has no rights in the schema", async () => {
  const { server, as, authority } = await aDatabase();
  await server.createUser("guest", "one");
  const statement = "CREATE TABLE public.mine ()";
  await expect(once(as("guest", "one"), authority, statement)).rejects.toThrow("permission");
});

testPostgres("a new password holds at once, and the old one no longer", async () => {
  const { server, as, authority } = await aDatabase();
  await server.createUser("guest", "one");
  await once(as("guest", "one"), authority, "SELECT 1");
  await server.setPassword("guest", "it's two");
  await once(as("guest", encodeURIComponent("it's two")), authority, "SELECT 1");
  await expect(connectTo(as("guest", "one"), authority)).rejects.toThrow("password");
});

testPostgres("a user with rights and tables is removed, and its tables stay", async () => {
  const { server, administer, as, authority } = await aDatabase();
  await server.createUser("guest", "one");
  await administer(
    "CREATE TABLE films (); GRANT SELECT ON films TO guest; GRANT CREATE ON SCHEMA public TO guest",
  );
  const connected = await connectTo(as("guest", "one"), authority);
  await connected.query("CREATE TABLE cuts ()");
  await server.dropUser("guest", "doadmin");
  const owners = await administer(
    "SELECT tablename, tableowner FROM pg_tables WHERE schemaname = 'public' ORDER BY 1",
  );
  expect(owners).toEqual([
    { tablename: "cuts", tableowner: "doadmin" },
    { tablename: "films", tableowner: "doadmin" },
  ]);
  await expect(connected.query("SELECT 1")).rejects.toThrow();
});

testPostgres("data in a directory that was named are there when it is started again", async () => {
  const { migrate, server, administer } = await aDatabase();
  await administer("CREATE TABLE films ()");
  expect(migrate.POSTGRES_APPLICATION_USERS).toBe("mam_app,mam_app_b");
  await server.restart({ max_connections: 33 });
  const rows = await administer(
    "SELECT current_setting('max_connections') AS most, to_regclass('films')::text AS films",
  );
  expect(rows).toEqual([{ most: "33", films: "films" }]);
});

testPostgres("nothing of it is left when it is closed", async () => {
  const { server } = await aDatabase();
  await database?.close();
  await expect(access(server.socketDirectory)).rejects.toThrow("ENOENT");
});

testPostgres(
  "one that does not start says why, with its own last words, and leaves nothing",
  async () => {
    const { certificate, key } = await localCertificate();
    const start = startPostgres({
      engine: engines.found.postgres!,
      certificate,
      key,
      settings: { shared_buffers: "a lot" },
    });
    await expect(start).rejects.toThrow(/PostgreSQL ended before it answered[\s\S]*shared_buffers/);
  },
);
