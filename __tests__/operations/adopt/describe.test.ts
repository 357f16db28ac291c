import { environments } from "../../../environments/index.ts";
import { describeEnvironment } from "../../../operations/adopt/describe/environment.ts";
import type { Fate, Remark } from "../../../operations/adopt/remark.ts";
import type { ClusterContents, Standing } from "../../../operations/adopt/standing.ts";

const vpc = {
  id: "vpc-1",
  urn: "do:vpc:vpc-1",
  name: "shop-net",
  region: "nyc1",
  ip_range: "10.45.0.0/20",
  created_at: "2026-01-01",
};

const contents = (changes: object = {}, parts: Partial<ClusterContents> = {}): ClusterContents => ({
  cluster: {
    id: "pg-1",
    name: "shop-db",
    engine: "pg",
    version: "17",
    size: "db-s-1vcpu-2gb",
    num_nodes: 1,
    region: "nyc1",
    private_network_uuid: "vpc-1",
    ...changes,
  },
  databases: ["defaultdb", "shop"],
  users: ["doadmin", "shop"],
  pools: [],
  trustedSources: [{ type: "ip_addr", value: "10.45.0.0/20" }],
  settings: {},
  ...parts,
});

function standing(spec: object = {}, changes: Partial<Standing> = {}): Standing {
  return {
    app: {
      id: "app-1",
      created_at: "2026-01-01",
      updated_at: "2026-01-01",
      spec: {
        name: "shop-web",
        region: "nyc",
        vpc: { id: "vpc-1" },
        services: [{ name: "web", http_port: 8080, instance_size_slug: "apps-s-1vcpu-1gb" }],
        domains: [{ domain: "www.shop.example", type: "PRIMARY", zone: "shop.example" }],
        databases: [
          { name: "db", engine: "PG", production: true, cluster_name: "shop-db", db_name: "shop" },
        ],
        ...spec,
      },
    },
    recipients: [],
    vpc,
    postgres: contents(),
    strangers: [],
    zones: ["shop.example"],
    buckets: {},
    ...changes,
  };
}

function described(one: Standing, said: object = {}, otherwise = environments.staging!) {
  return describeEnvironment({
    name: "shop",
    standing: one,
    otherwise,
    said: { roles: {}, ...said },
  });
}

const of = (remarks: readonly Remark[], fate: Fate) =>
  remarks.filter((remark) => remark.fate === fate).map(({ about, what }) => `${about}: ${what}`);

/** What was made by hand, and why it cannot be taken over as it is. */
const refusals: readonly (readonly [string, Standing, RegExp])[] = [
  ["a region without a row", standing({ region: "mars" }), /mars is no region/],
  [
    "a VPC in another datacentre",
    standing({}, { vpc: { ...vpc, region: "nyc3" } }),
    /it is in nyc3, and an app in nyc can only join a VPC in nyc1/,
  ],
  [
    "a cluster in another datacentre",
    standing({}, { postgres: contents({ region: "nyc3" }) }),
    /it is in nyc3, the app in nyc \(nyc1\): its data would be moved/,
  ],
  [
    "a cluster in another VPC",
    standing({}, { postgres: contents({ private_network_uuid: "vpc-2" }) }),
    /another VPC than the app/,
  ],
  [
    "an old PostgreSQL",
    standing({}, { postgres: contents({ version: "14" }) }),
    /version 14 is none of 16, 17, 18/,
  ],
  [
    "another Valkey",
    standing({}, { valkey: contents({ engine: "valkey", version: "7" }) }),
    /version 7 is not 8/,
  ],
  [
    "a database whose name cannot be written",
    standing(
      {
        databases: [
          {
            name: "db",
            engine: "PG",
            production: true,
            cluster_name: "shop-db",
            db_name: "My-Shop",
          },
        ],
      },
      { postgres: contents({}, { databases: ["My-Shop"] }) },
    ),
    /My-Shop is no name that database.name may have/,
  ],
  [
    "several databases of which none is named",
    standing({ databases: [] }, { postgres: contents({}, { databases: ["defaultdb", "a", "b"] }) }),
    /several: a, b/,
  ],
  [
    "hosts in two zones",
    standing({
      domains: [
        { domain: "www.shop.example", type: "PRIMARY", zone: "shop.example" },
        { domain: "media.other.example", type: "ALIAS" },
      ],
    }),
    /lies outside the zone shop.example/,
  ],
];

test.each(refusals)("%s is refused, with what to do", (_, one, reason) => {
  const { remarks } = described(one);

  expect(of(remarks, "refused")).toEqual([expect.stringMatching(reason)]);
  expect(remarks.filter(({ fate }) => fate === "refused").every(({ todo }) => todo)).toBe(true);
});

test("a database that does not stand is refused when a person says it", () => {
  expect(of(described(standing(), { database: "shops" }).remarks, "refused")).toEqual([
    expect.stringMatching(/none called shops/),
  ]);
});

/** What goes with the first deployment. */
const losses: readonly (readonly [string, object, RegExp])[] = [
  [
    "a development database",
    { databases: [{ name: "dev", engine: "PG" }] },
    /the development database dev: .* its data with it/,
  ],
  [
    "a third host",
    {
      domains: [
        { domain: "www.shop.example", type: "PRIMARY", zone: "shop.example" },
        { domain: "media.shop.example", type: "ALIAS" },
        { domain: "old.shop.example", type: "ALIAS" },
      ],
    },
    /the host old.shop.example/,
  ],
  [
    "a component without a place",
    {
      services: [{ name: "web" }, { name: "blog" }],
      ingress: { rules: [{ match: { path: { prefix: "/" } }, component: { name: "web" } }] },
    },
    /the component blog/,
  ],
  ["a static site", { static_sites: [{ name: "docs" }] }, /the static site docs/],
  ["a function", { functions: [{ name: "hook" }] }, /the function hook/],
  ["a job", { jobs: [{ name: "nightly" }] }, /the job nightly/],
];

test.each(losses)("%s is named as lost", (_, spec, what) => {
  expect(of(described(standing(spec)).remarks, "lost")).toEqual([expect.stringMatching(what)]);
});

test("no value of a variable that is text, and no secret, is in the file or in what is said", () => {
  const envs = [
    { key: "DATABASE_URL", value: "postgres://a:hunter2@b/c", type: "GENERAL" },
    { key: "EDGE_SIGNING_KEY_A", value: "hunter2-in-plain", type: "GENERAL" },
    { key: "JWT_SECRET_A", value: "EV[1:hunter2]", type: "SECRET" },
    { key: "LOG_LEVEL", value: "warn", type: "GENERAL" },
  ];
  const services = [{ name: "api", instance_size_slug: "apps-s-1vcpu-1gb", envs }];
  const { fields, remarks } = described(standing({ services }));

  expect(JSON.stringify([fields, remarks])).not.toContain("hunter2");
  expect(fields.logs).toMatchObject({ level: "warn" });
  expect(of(remarks, "changed").filter((line) => line.startsWith("the secret"))).toEqual([
    expect.stringContaining("EDGE_SIGNING_KEY_A"),
    expect.stringContaining("JWT_SECRET_A"),
  ]);
});

test("a size that is not sold any more becomes that of the other environment, and it is said", () => {
  const services = [{ name: "web", instance_size_slug: "basic-xs" }];
  const { fields, remarks } = described(standing({ services }));

  expect(fields.services.frontend.size).toBe("apps-s-1vcpu-1gb");
  expect(of(remarks, "changed")).toContainEqual(
    expect.stringMatching(/the component web: its size basic-xs is not sold any more/),
  );
});

test("every trusted source that goes is named, and a cluster that everybody reaches too", () => {
  const sources = [
    { type: "ip_addr", value: "10.45.0.0/20" },
    { type: "app", value: "app-2" },
  ];
  const closed = described(standing({}, { postgres: contents({}, { trustedSources: sources }) }));
  const open = described(standing({}, { postgres: contents({}, { trustedSources: [] }) }));

  expect(of(closed.remarks, "changed")).toContainEqual(expect.stringMatching(/no more: app app-2/));
  expect(of(open.remarks, "changed")).toContainEqual(expect.stringMatching(/everybody reaches it/));
});

test("objects of a bucket without an expiry do not begin to expire", () => {
  const buckets = { previews: { name: "shop-films", isVersioned: false } };
  const { fields } = described(standing({}, { buckets }));

  expect(fields.storage.retention).toMatchObject({ previewsDays: 3650 });
  expect(fields.state.adopted).toMatchObject({ buckets: { previews: "shop-films" } });
});

test("a pool that is no transaction pool stays outside, and one that is goes on as the API's", () => {
  const pools = [
    { name: "old", mode: "session", size: 3, db: "shop", user: "shop" },
    { name: "web-pool", mode: "transaction", size: 9, db: "shop", user: "" },
  ];
  const { fields, remarks } = described(standing({}, { postgres: contents({}, { pools }) }));

  expect(fields.database.pool).toEqual({ size: 9 });
  expect(fields.state.adopted).toMatchObject({ pool: "web-pool" });
  expect(of(remarks, "left")).toEqual([expect.stringMatching(/the pool old of shop-db/)]);
});

test("an eviction policy that drops jobs is said to change", () => {
  const valkey = contents(
    { engine: "valkey", version: "8", name: "shop-cache" },
    { evictionPolicy: "allkeys_lru", databases: [], users: [] },
  );

  expect(of(described(standing({}, { valkey })).remarks, "changed")).toContainEqual(
    expect.stringMatching(/allkeys_lru becomes noeviction/),
  );
});

test("what the other environment says of itself alone is not said of this one", () => {
  const { database, state } = environments.staging!;
  const allowedReason = "staging is torn down after the load test of this week";
  const other = {
    ...environments.staging!,
    database: { ...database, cluster: "db-of-staging" },
    state: { ...state, destroy: { allowed: true, allowedReason } },
  };
  const { fields } = described(standing({ databases: [] }, { postgres: undefined }), {}, other);

  expect(fields.database.cluster).toBeUndefined();
  expect(fields.state.destroy).toBeUndefined();
});
