import {
  aCluster,
  anAccount,
  anApp,
  api,
  aSpec,
  digest,
  messageOf,
  textAt,
  valkey,
  closeAccounts,
} from "../../support.ts";
import type { TestAccount } from "../../support.ts";

afterEach(closeAccounts);

let account: TestAccount;
beforeEach(async () => {
  account = await anAccount();
});

const submit = (spec: object) => account.post("/v2/apps", { spec });
const service = (fields: object) => aSpec({ services: [{ ...api, ...fields }] });
const uncounted = { ...api, instance_count: undefined };
const autoscaling = {
  min_instance_count: 2,
  max_instance_count: 6,
  metrics: { cpu: { percent: 70 } },
};
const dedicated = "apps-d-1vcpu-2gb";
const route = (component: object) => ({ ingress: { rules: [component] } });

test.each([
  [
    "instance_count with autoscaling",
    service({ autoscaling, instance_size_slug: dedicated }),
    "instance_count must not be set if autoscaling is used",
  ],
  [
    "autoscaling on shared CPUs",
    aSpec({ services: [{ ...uncounted, autoscaling }] }),
    "autoscaling is not available",
  ],
  [
    "a minimum that is not below the maximum",
    aSpec({
      services: [
        {
          ...uncounted,
          instance_size_slug: dedicated,
          autoscaling: { ...autoscaling, min_instance_count: 6 },
        },
      ],
    }),
    "must be less than",
  ],
  [
    "autoscaling by nothing",
    aSpec({
      services: [
        {
          ...uncounted,
          instance_size_slug: dedicated,
          autoscaling: { ...autoscaling, metrics: {} },
        },
      ],
    }),
    "metrics",
  ],
  [
    "two instances on a single-instance size",
    service({ instance_size_slug: "apps-s-1vcpu-0.5gb" }),
    "single instance",
  ],
  ["a size that is not sold", service({ instance_size_slug: "basic-xs" }), "basic-xs"],
  [
    "tag and digest together",
    service({ image: { ...api.image, tag: "v1" } }),
    "exclude each other",
  ],
  [
    "credentials for the account's own registry",
    service({ image: { ...api.image, registry_credentials: "a:b" } }),
    "registry_credentials",
  ],
  [
    "deploy on push with a digest",
    service({ image: { ...api.image, deploy_on_push: { enabled: true } } }),
    "deploy_on_push",
  ],
  ["no source", service({ image: undefined }), "source"],
  ["a component name twice", aSpec({ services: [api, api] }), "api is given twice"],
  [
    "a variable twice",
    service({
      envs: [
        { key: "A", value: "1" },
        { key: "A", value: "2" },
      ],
    }),
    "A is given twice",
  ],
  [
    "a domain twice",
    aSpec({ domains: [{ domain: "mam.example.com" }, { domain: "mam.example.com" }] }),
    "given twice",
  ],
  [
    "a route to nowhere",
    aSpec(route({ match: { path: { prefix: "/" } }, component: { name: "nobody" } })),
    "nobody",
  ],
  ["a route without a target", aSpec(route({ match: { path: { prefix: "/" } } })), "exactly one"],
  [
    "a prefix that is kept and rewritten",
    aSpec(route({ component: { name: "api", preserve_path_prefix: true, rewrite: "/x" } })),
    "exclude each other",
  ],
  ["no component", { name: "mam" }, "at least one component"],
  ["a region that is none", aSpec({ region: "mars" }), "region mars"],
  ["a VPC that does not exist", aSpec({ vpc: { id: "nobody" } }), "nobody"],
  [
    "a reference to nothing",
    service({ envs: [{ key: "DATABASE_URL", value: "${db.DATABASE_URL}" }] }),
    "DATABASE_URL refers to ${db.DATABASE_URL}",
  ],
  [
    "an unknown database cluster",
    aSpec({
      databases: [
        { name: "db", engine: "PG", version: "17", production: true, cluster_name: "nobody" },
      ],
    }),
    "cluster_name nobody does not exist",
  ],
])("%s is refused: 400", async (_what, spec, reason) => {
  const reply = await submit(spec);
  expect([reply.status, messageOf(reply)]).toEqual([400, expect.stringContaining(reason)]);
  expect(account.cloud.store.apps).toEqual([]);
  expect(account.cloud.findings()).toEqual([]);
});

test("every problem is named at once", async () => {
  const reply = await submit(aSpec({ region: "mars", services: [api, { ...api }] }));
  expect(messageOf(reply)).toMatch(/region mars.*api is given twice/);
});

test("autoscaling on dedicated CPUs without a count is accepted", async () => {
  const services = [{ ...uncounted, instance_size_slug: dedicated, autoscaling }];
  expect((await submit(aSpec({ services }))).status).toBe(200);
});

test.each([
  ["nyc", "nyc3", 400],
  ["nyc", "nyc1", 200],
  ["ams", "ams3", 200],
  ["fra", "nyc1", 400],
])("an app in %s and a VPC in %s: %i", async (region, datacentre, status) => {
  const vpc = account.cloud.store.vpcs.find((one) => one.region === datacentre);
  const reply = await submit(aSpec({ region, vpc: { id: vpc?.id } }));
  expect(reply.status).toBe(status);
});

test.each([
  ["another engine", { engine: "VALKEY" }, "engine"],
  ["a user who does not exist", { db_user: "nobody" }, "db_user nobody"],
  ["a database that does not exist", { db_name: "nothing" }, "db_name nothing"],
])("%s in a database component is refused: 400", async (_what, fields, reason) => {
  await aCluster(account);
  const database = {
    name: "db",
    engine: "PG",
    version: "17",
    production: true,
    cluster_name: "mam-pg",
    ...fields,
  };
  const reply = await submit(aSpec({ databases: [database] }));
  expect([reply.status, messageOf(reply)]).toEqual([400, expect.stringContaining(reason)]);
});

test("an OpenSearch cluster with trusted sources takes no logs: 400", async () => {
  const search = { name: "logs", engine: "opensearch", version: "2", size: "db-s-2vcpu-4gb" };
  const { path } = await aCluster(account, search);
  const spec = service({
    log_destinations: [{ name: "search", open_search: { cluster_name: "logs" } }],
  });
  await account.put(`${path}/firewall`, { rules: [{ type: "ip_addr", value: "10.120.0.0/20" }] });

  const refused = await submit(spec);
  expect([refused.status, messageOf(refused)]).toEqual([
    400,
    expect.stringContaining("Please disable Trusted Sources"),
  ]);

  await account.put(`${path}/firewall`, { rules: [] });
  const accepted = await submit(spec);
  expect(
    textAt(accepted, "app.spec.services.0.log_destinations.0.open_search.basic_auth.user"),
  ).toBe("doadmin");
});

test("a log destination must be an OpenSearch cluster that exists", async () => {
  await aCluster(account, valkey);
  const reply = await submit(
    service({
      log_destinations: [{ name: "search", open_search: { cluster_name: "mam-valkey" } }],
    }),
  );
  expect(reply.status).toBe(400);
});

test("a domain belongs to one app", async () => {
  const domains = [{ domain: "mam.example.com", type: "PRIMARY" }];
  await anApp(account, aSpec({ domains }));
  const reply = await submit(aSpec({ name: "other", domains }));
  expect([reply.status, messageOf(reply)]).toEqual([400, expect.stringContaining("another app")]);
});

test.each([
  ["functions", aSpec({ functions: [{ name: "functions" }] })],
  ["a scheduled job", aSpec({ jobs: [{ name: "job", kind: "SCHEDULED", image: api.image }] })],
  ["a job after the deployment", aSpec({ jobs: [{ name: "job", image: api.image }] })],
  ["a development database", aSpec({ databases: [{ name: "db", engine: "PG" }] })],
  ["a dedicated address", aSpec({ egress: { type: "DEDICATED_IP" } })],
  ["a secure header", aSpec({ ingress: { secure_header: { key: "x", value: "y" } } })],
  ["an archived app", aSpec({ maintenance: { archive: true } })],
])("%s is not played: 501 and a finding", async (_what, spec) => {
  expect((await submit(spec)).status).toBe(501);
  expect(account.cloud.findings()).toHaveLength(1);
});

test("an image outside of the account's registry can be deployed when the seed has it", async () => {
  const other = await anAccount({
    externalImages: {
      DOCKER_HUB: {
        "grafana/grafana": {
          [digest("9")]: { healthy: true, migration: "succeeds", startSeconds: 3 },
        },
      },
    },
  });
  const image = {
    registry_type: "DOCKER_HUB",
    registry: "grafana",
    repository: "grafana",
    digest: digest("9"),
  };
  const { path } = await anApp(other, service({ image }));
  expect(textAt(await other.get(path), "app.active_deployment.phase")).toBe("ACTIVE");
});

test.each(["exact", "prefix", "regex"])(
  "an origin of CORS by %s has 256 characters at most",
  async (by) => {
    const reply = async (characters: number) =>
      submit(service({ cors: { allow_origins: [{ [by]: "a".repeat(characters) }] } }));

    expect((await reply(257)).status).toBe(400);
    expect((await reply(256)).status).toBe(200);
  },
);
