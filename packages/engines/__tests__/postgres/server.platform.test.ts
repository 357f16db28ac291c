import { access } from "node:fs/promises";
import { setTimeout } from "node:timers/promises";

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

testPostgres("its data are there when it is started again with other settings", async () => {
  const { migrate, server, administer } = await aDatabase();
  await administer("CREATE TABLE films ()");
  expect(migrate.POSTGRES_APPLICATION_USERS).toBe("mam_app,mam_app_b");
  await server.restart({ max_connections: 33 });
  const rows = await administer(
    "SELECT current_setting('max_connections') AS most, to_regclass('films')::text AS films",
  );
  expect(rows).toEqual([{ most: "33", films: "films" }]);
});

testPostgres("a setting changes while clients stay connected", async () => {
  const { server, migrate, authority } = await aDatabase();
  const client = await connectTo(migrate.POSTGRES_URL, authority);
  await server.configure({ work_mem: "7MB" });
  const limit = async () =>
    (await client.query<{ work_mem: string }>("SHOW work_mem")).rows[0]?.work_mem;
  for (let tries = 0; tries < 3000 && (await limit()) !== "7MB"; tries++) await setTimeout(20);
  expect(await limit()).toBe("7MB");
  await client.end();
});

testPostgres("a server begins with the data of another one that goes on", async () => {
  const { server, administer, as } = await aDatabase();
  await administer("CREATE TABLE films AS SELECT generate_series(1, 1000) AS id");
  const certificate = await localCertificate();
  const { certificate: cert, key } = certificate;
  const engine = engines.found.postgres!;
  const copy = await startPostgres({ engine, certificate: cert, key, copyOf: server });
  try {
    await administer("INSERT INTO films VALUES (0)");
    await copy.setPassword("doadmin", "other");
    const url = new URL(as("doadmin", "other"));
    url.port = String(copy.port);
    const rows = await once(
      url.href,
      certificate.authority,
      "SELECT count(*)::int AS films FROM films",
    );
    expect(rows).toEqual([{ films: 1000 }]);
  } finally {
    await copy.close();
  }
});

testPostgres("a server begins with the data of another one as they were at a time", async () => {
  const { server, administer } = await aDatabase();
  await administer("CREATE TABLE films AS SELECT generate_series(1, 1000) AS id");
  await setTimeout(50);
  const at = new Date();
  await setTimeout(50);
  await administer("DELETE FROM films");
  const { certificate, key } = await localCertificate();
  const engine = engines.found.postgres!;
  const { socketDirectory, port } = server;
  const past = { socketDirectory, port, at };
  const copy = await startPostgres({ engine, certificate, key, copyOf: past });
  try {
    const films = "SELECT count(*)::int AS films FROM films";
    expect(await copy.query(films, [], "defaultdb")).toEqual([{ films: 1000 }]);
    await copy.configure({ work_mem: "7MB" });
    await copy.restart({});
    await copy.query("CREATE TABLE made ()", [], "defaultdb");
  } finally {
    await copy.close();
  }
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
