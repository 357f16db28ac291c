import {
  aCluster,
  anAccount,
  anApp,
  api,
  aSpec,
  pick,
  textAt,
  valkey,
  closeAccounts,
} from "../../support.ts";
import type { TestAccount } from "../../support.ts";

afterEach(closeAccounts);

let account: TestAccount;
let vpc: string;
let cluster: { id: string; path: string };
beforeEach(async () => {
  account = await anAccount();
  const network = { name: "mam", region: "nyc1", ip_range: "10.120.0.0/20" };
  vpc = textAt(await account.post("/v2/vpcs", network), "vpc.id");
  cluster = await aCluster(account, { private_network_uuid: vpc });
  await account.post(`${cluster.path}/users`, { name: "mam" });
  await account.post(`${cluster.path}/dbs`, { name: "mam" });
});

const databases = [
  {
    name: "db",
    engine: "PG",
    version: "17",
    production: true,
    cluster_name: "mam-pg",
    db_name: "mam",
    db_user: "mam",
  },
];
const trust = (...values: string[]) =>
  account.put(`${cluster.path}/firewall`, {
    rules: values.map((value) => ({ type: "ip_addr", value })),
  });
const hostOf = async (kind: "connection" | "private_connection") =>
  textAt(await account.get(cluster.path), `database.${kind}.host`);

interface Options {
  readonly host?: "connection" | "private_connection";
  readonly inVpc?: boolean;
  readonly tail?: string;
  readonly credentials?: string;
}

/** Deploys an app whose PRE_DEPLOY job connects to the database; answers the phase and the job's log. */
async function migrate({ host = "private_connection", inVpc = true, tail, credentials }: Options) {
  const login = credentials ?? "${db.USERNAME}:${db.PASSWORD}";
  const url = `postgresql://${login}@${await hostOf(host)}:${tail ?? "25060/mam"}?sslmode=require`;
  const job = {
    name: "migrate",
    kind: "PRE_DEPLOY",
    image: api.image,
    envs: [{ key: "DATABASE_URL", value: url }],
  };
  const { id, deployments } = await anApp(
    account,
    aSpec({ databases, jobs: [job], ...(inVpc ? { vpc: { id: vpc } } : {}) }),
  );
  const { body } = await account.get(deployments);
  const log = await account.get(
    `${deployments}/${String(pick(body, "deployments.0.id"))}/logs?type=UNSPECIFIED`,
  );
  const lines = await (await fetch(textAt(log, "historic_urls.0"))).text();
  return { id, phase: pick(body, "deployments.0.phase"), lines };
}

test("the job reaches the database by its private host when the VPC is trusted", async () => {
  await trust("10.120.0.0/20");
  expect(await migrate({})).toMatchObject({ phase: "ACTIVE", lines: "" });
});

test("without any rule everything reaches it", async () => {
  expect(await migrate({})).toMatchObject({ phase: "ACTIVE" });
});

test("a rule for another range keeps the job out, and the deployment fails", async () => {
  await trust("10.121.0.0/20");
  const { phase, lines } = await migrate({});
  expect(phase).toBe("ERROR");
  expect(lines).toContain("not a trusted source");
});

test("the public host leaves the VPC, so a rule for the VPC does not cover it", async () => {
  await trust("10.120.0.0/20");
  const { phase, lines } = await migrate({ host: "connection" });
  expect(phase).toBe("ERROR");
  expect(lines).toContain("not a trusted source");
});

test("an app rule covers the app's public address only, not its private one", async () => {
  const { id } = await migrate({});
  const rules = [{ type: "app", value: id }];
  await account.put(`${cluster.path}/firewall`, { rules });
  const deploy = async () => {
    await account.post(`/v2/apps/${id}/deployments`, {});
    await account.pass(900);
    return pick((await account.get(`/v2/apps/${id}/deployments`)).body, "deployments.0.phase");
  };
  expect(await deploy()).toBe("ERROR");

  const app = await account.get(`/v2/apps/${id}`);
  const spec = JSON.stringify(pick(app.body, "app.spec")).replace(
    await hostOf("private_connection"),
    await hostOf("connection"),
  );
  await account.put(`/v2/apps/${id}`, { spec: JSON.parse(spec) as unknown });
  await account.pass(900);
  expect(pick((await account.get(`/v2/apps/${id}`)).body, "app.active_deployment.cause")).toBe(
    "app spec updated",
  );
});

test("an app outside of the VPC has no route to the private host", async () => {
  const { phase, lines } = await migrate({ inVpc: false });
  expect(phase).toBe("ERROR");
  expect(lines).toContain("no route");
});

test.each([
  ["a wrong password", { credentials: "mam:guess" }, "password authentication failed"],
  ["a database that does not exist", { tail: "25060/nothing" }, "does not exist"],
  ["a pool that does not exist", { tail: "25061/mam" }, "connection refused"],
  ["a port that nothing listens on", { tail: "5432/mam" }, "connection refused"],
])("%s fails the job, and no log line has a password", async (_what, options, reason) => {
  const { phase, lines } = await migrate(options);
  expect(phase).toBe("ERROR");
  expect(lines).toContain(reason);
  expect(lines).not.toMatch(/AVNS_|guess/);
});

test("a pool is reached at its own port by its name", async () => {
  await account.post(`${cluster.path}/pools`, {
    name: "mam-pool",
    mode: "transaction",
    size: 10,
    db: "mam",
    user: "mam",
  });
  expect(await migrate({ tail: "25061/mam-pool" })).toMatchObject({ phase: "ACTIVE" });
});

test("a password that was reset reaches the app with its next deployment", async () => {
  const { id } = await migrate({});
  await account.post(`${cluster.path}/users/mam/reset_auth`);
  await account.post(`/v2/apps/${id}/deployments`, {});
  await account.pass(900);
  const { body } = await account.get(`/v2/apps/${id}/deployments`);
  expect(pick(body, "deployments.0.phase")).toBe("ACTIVE");
});

test("bindable variables resolve to the public host, credentials and certificate", async () => {
  const keys = ["HOSTNAME", "PORT", "USERNAME", "DATABASE", "CA_CERT", "DATABASE_URL"];
  const envs = [
    ...keys.map((key) => ({ key, value: `\${db.${key}}` })),
    { key: "SELF", value: "${_self.PRIVATE_URL} ${APP_URL}" },
  ];
  await anApp(account, aSpec({ databases, services: [{ ...api, envs }] }));

  const environment = account.cloud.environmentOf("mam", "api");

  expect(environment.get("HOSTNAME")).toBe(await hostOf("connection"));
  expect(environment.get("USERNAME")).toBe("mam");
  expect(environment.get("DATABASE")).toBe("mam");
  expect(environment.get("PORT")).toBe("25060");
  expect(environment.get("CA_CERT")).toContain("BEGIN CERTIFICATE");
  expect(environment.get("DATABASE_URL")).toMatch(/^postgresql:\/\/mam:AVNS_/);
  expect(environment.get("SELF")).toMatch(/^http:\/\/api:3000 https:\/\/mam-/);
});

test("Valkey is tried by its URL as well", async () => {
  const cache = await aCluster(account, { ...valkey, private_network_uuid: vpc });
  const host = textAt(await account.get(cache.path), "database.private_connection.host");
  const job = {
    name: "migrate",
    kind: "PRE_DEPLOY",
    image: api.image,
    envs: [{ key: "REDIS_URL", value: `rediss://default:guess@${host}:25061` }],
  };
  const { deployments } = await anApp(account, aSpec({ jobs: [job], vpc: { id: vpc } }));
  expect(pick((await account.get(deployments)).body, "deployments.0.phase")).toBe("ERROR");
});
