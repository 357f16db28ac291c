import { environments } from "../../../environments/index.ts";
import type { Standing } from "../../../operations/adopt/standing.ts";
import { contents, described, image, of, standing, vpc } from "./support/standing.ts";

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
      services: [image("web"), image("blog")],
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
  const services = [{ ...image("api"), instance_size_slug: "apps-s-1vcpu-1gb", envs }];
  const { fields, remarks } = described(standing({ services }));

  expect(JSON.stringify([fields, remarks])).not.toContain("hunter2");
  expect(fields.logs).toMatchObject({ level: "warn" });
  expect(of(remarks, "changed").filter((line) => line.startsWith("the secret"))).toEqual([
    expect.stringContaining("EDGE_SIGNING_KEY_A"),
    expect.stringContaining("JWT_SECRET_A"),
  ]);
});

test.each([
  ["basic-xs", "apps-s-1vcpu-1gb-fixed", /its size basic-xs is not sold under this name any more/],
  ["professional-xl", "apps-d-4vcpu-16gb", /its size professional-xl is not sold under this/],
])("an app of the older size %s keeps its CPUs and memory as %s", (slug, sold, said) => {
  const services = [{ ...image("web"), instance_size_slug: slug }];
  const { fields, remarks } = described(standing({ services }));

  expect(fields.services.frontend.size).toBe(sold);
  expect(of(remarks, "changed")).toContainEqual(expect.stringMatching(said));
});

test("an app that says no size has the smallest one, and nothing is said of it", () => {
  const { fields, remarks } = described(standing({ services: [image("web")] }));

  expect(fields.services.frontend.size).toBe("apps-s-1vcpu-0.5gb");
  expect(JSON.stringify(remarks)).not.toContain("its size");
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
