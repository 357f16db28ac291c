import { databaseEngines } from "@mam-infra/engines";
import pg from "pg";

import { type Cloud, startCloud } from "../../../../src/cloud.ts";
import { aSeed, call, eventually } from "../../apps/programs/support/cloud.ts";
import { engines, testWith } from "../../databases/servers/support/real-databases.ts";
import { pick, postgres, valkey } from "../../support.ts";

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).toReversed()) await one.close();
});

async function aRealCloud(): Promise<Cloud> {
  const cloud = await startCloud({ ...aSeed(), engines: databaseEngines(engines) });
  open.push(cloud);
  return cloud;
}

/** A cluster whose server answers; its id. */
async function aServer(cloud: Cloud, kind: object): Promise<string> {
  const id = pick(await call(cloud, "POST", "/v2/databases", kind), "database.id") as string;
  await eventually(
    () => call(cloud, "GET", `/v2/databases/${id}`),
    (reply) => pick(reply, "database.status") === "online",
  );
  await cloud.digitalOcean.databases?.converge();
  return id;
}

/** The value of a query that has one, or none. */
async function valueOf(cloud: Cloud, text: string): Promise<number | undefined> {
  const path = `/v2/insights/query/nyc1/prom/api/v1/query?query=${encodeURIComponent(text)}`;
  const reply = await call(cloud, "GET", path);
  const value = pick(reply, "data.result.0.value.1");
  return value === undefined ? undefined : Number(value);
}

/** The greatest value in a virtual day: minutes pass in the blink of an eye here. */
const most = (metric: string) => `max_over_time(do.databases.${metric}[1d])`;

async function connect(cloud: Cloud, id: string): Promise<pg.Client> {
  const reply = await call(cloud, "GET", `/v2/databases/${id}`);
  const { host, port, user, password, database } = pick(reply, "database.connection") as {
    host: string;
    port: number;
    user: string;
    password: string;
    database: string;
  };
  const place = cloud.digitalOcean.databases?.publicAddresses()[`${host}:${port}`] ?? "";
  const [address = "", real = ""] = place.split(":");
  const client = new pg.Client({
    host: address,
    port: Number(real),
    user,
    password,
    database,
    ssl: { rejectUnauthorized: false },
  });
  await client.connect();
  open.push({ close: () => client.end() });
  return client;
}

testWith("postgres")("PostgreSQL's counters are its own", async () => {
  const cloud = await aRealCloud();
  const id = await aServer(cloud, postgres);
  const client = await connect(cloud, id);
  await client.query("CREATE TABLE films (name text)");
  await client.query("INSERT INTO films SELECT 'film' FROM generate_series(1, 4321)");
  await valueOf(cloud, "do.databases.pg_tuples_inserted");
  const inserted = await eventually(
    () => valueOf(cloud, most("pg_tuples_inserted")),
    (value) => value !== undefined && value >= 4321,
  );

  // A new server has inserted about a hundred thousand rows by itself: its catalogues.
  expect(inserted).toBeLessThan(1_000_000);
});

testWith("postgres")("a session that is busy is active, and its CPU shows", async () => {
  const cloud = await aRealCloud();
  const id = await aServer(cloud, postgres);
  const client = await connect(cloud, id);
  const busy = client
    .query("SELECT count(*) FROM generate_series(1, 1000000000)")
    .catch(() => undefined);
  await valueOf(cloud, "do.databases.cpu_utilization");
  await eventually(
    () => valueOf(cloud, most("cpu_utilization")),
    // Idle it is under one; how much a busy one gets depends on what else runs on this machine.
    (value) => value !== undefined && value > 5,
  );
  const active = await eventually(
    () => valueOf(cloud, most("pg_connections_active")),
    (value) => value === 1,
  );

  expect(active).toBe(1);
  const stop = await connect(cloud, id);
  await stop.query(
    "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE state = 'active' AND pid <> pg_backend_pid()",
  );
  await busy;
});

testWith("postgres")("a server that was killed sends nothing more, and is missed", async () => {
  const cloud = await aRealCloud();
  const id = await aServer(cloud, postgres);
  await valueOf(cloud, "do.databases.pg_database_size");
  await eventually(
    () => valueOf(cloud, "do.databases.pg_database_size"),
    // Made up it is a twentieth of the disk.
    (value) => value !== undefined && value < 1024 ** 3,
  );
  process.kill((await cloud.digitalOcean.databases?.measurable(id)?.pid()) ?? 0, "SIGKILL");
  await eventually(
    () => valueOf(cloud, "do.databases.scrape_success"),
    (value) => value === 0,
  );
  const size = await eventually(
    () => valueOf(cloud, "do.databases.pg_database_size"),
    (value) => value === undefined,
  );

  expect(size).toBeUndefined();
});

testWith("valkey")("Valkey's memory is that of its process", async () => {
  const cloud = await aRealCloud();
  await aServer(cloud, valkey);
  await valueOf(cloud, "do.databases.memory_utilization");
  const percent = await eventually(
    () => valueOf(cloud, most("memory_utilization")),
    // Made up it is 45.
    (value) => value !== undefined && value < 30,
  );

  expect(percent).toBeGreaterThan(0);
});
