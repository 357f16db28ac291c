import { fileURLToPath } from "node:url";

import { databaseEngines } from "@mam-infra/engines";

import { type Cloud, startCloud } from "../../../../src/cloud.ts";
import {
  aSeed,
  aService,
  aSpec,
  anApp,
  call,
  digest,
  eventually,
  variable,
  visit,
} from "../../apps/programs/support/cloud.ts";
import { pick, postgres, valkey } from "../../support.ts";
import { engines, testWith } from "./support/real-databases.ts";

const program = {
  directory: fileURLToPath(new URL("support", import.meta.url)),
  command: ["node", "asks-databases.mjs"],
} as const;

let cloud: Cloud | undefined;
afterEach(async () => {
  await cloud?.close();
});

async function aPlatform(): Promise<Cloud> {
  const seed = aSeed();
  const registry = { service: { [digest("1")]: { program } } };
  const digitalOcean = { ...seed.digitalOcean, registry };
  cloud = await startCloud({ ...seed, digitalOcean, engines: databaseEngines(engines) });
  return cloud;
}

const privateNetwork = { name: "mam", region: "nyc1", ip_range: "10.120.0.0/24" };

async function aCluster(of: Cloud, fields: object) {
  const created = await call(of, "POST", "/v2/databases", fields);
  const path = `/v2/databases/${String(pick(created, "database.id"))}`;
  const isOnline = (answer: unknown) => pick(answer, "database.status") === "online";
  const cluster = await eventually(() => call(of, "GET", path), isOnline);
  return { path, host: String(pick(cluster, "database.private_connection.host")) };
}

async function clusters(of: Cloud) {
  const vpc = String(pick(await call(of, "POST", "/v2/vpcs", privateNetwork), "vpc.id"));
  const network = { private_network_uuid: vpc };
  const db = await aCluster(of, { ...postgres, ...network });
  const cache = await aCluster(of, { ...valkey, ...network });
  await call(of, "POST", `${db.path}/users`, { name: "mam_app" });
  const pool = { name: "mam-pool", mode: "transaction", size: 3, db: "defaultdb", user: "mam_app" };
  await call(of, "POST", `${db.path}/pools`, pool);
  return { vpc, db, cache };
}

const credentials = (component: string) => `\${${component}.USERNAME}:\${${component}.PASSWORD}`;

async function anAppOf(of: Cloud) {
  const { vpc, db, cache } = await clusters(of);
  const envs = [
    variable("PORT", "3000"),
    variable(
      "POSTGRES_URL",
      `postgresql://${credentials("db")}@${db.host}:25061/mam-pool?sslmode=require`,
    ),
    variable("POSTGRES_CA_CERT", "${db.CA_CERT}"),
    variable("REDIS_URL", `rediss://${credentials("cache")}@${cache.host}:25061`),
  ];
  const database = { name: "db", engine: "PG", cluster_name: postgres.name, db_user: "mam_app" };
  const databases = [
    { ...database, version: "17", production: true, db_name: "defaultdb" },
    { name: "cache", engine: "VALKEY", version: "8", cluster_name: valkey.name, production: true },
  ];
  const services = [aService("well", { envs, instance_count: 1 })];
  const { phase } = await anApp(of, aSpec({ vpc: { id: vpc }, services, databases }));
  expect(phase).toBe("ACTIVE");
  const trust = (value: string) =>
    call(of, "PUT", `${db.path}/firewall`, { rules: [{ type: "ip_addr", value }] });
  const asked = async () => (await (await visit(of, "/")).body.json()) as Record<string, string>;
  return { asked, trust };
}

testWith("postgres", "valkey")(
  "a program of an app reaches the databases of its network by its variables alone, while it is trusted",
  async () => {
    const { asked, trust } = await anAppOf(await aPlatform());
    expect(await asked()).toEqual({
      postgres: "mam_app",
      // Who forgets the cluster's authority is refused by his own client, as on the platform.
      unverified: "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
      valkey: "PONG",
    });
    await trust("10.120.0.0/24");
    expect((await asked()).postgres).toBe("mam_app");
    await trust("10.121.0.0/24");
    // Both are a hang-up: whether it is met while writing or while reading is a matter of time.
    const hungUp = /^(ECONNRESET|Connection terminated unexpectedly)$/;
    expect(await asked()).toMatchObject({
      postgres: expect.stringMatching(hungUp) as string,
      valkey: "PONG",
    });
  },
);
