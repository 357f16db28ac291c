import type { ResourceChange } from "../../../../operations/terraform/plan-json.ts";
import { judge } from "../../../../operations/gate/gate.ts";
import { gateContext } from "../../../support/gate.ts";
import { resourceChange } from "../../../support/plans.ts";

const id = "9c3b6f3e-0000-4000-8000-000000000001";
const cluster = (before: object, after: object) =>
  resourceChange("digitalocean_database_cluster.postgres", ["update"], {
    before: { id, name: "mam-production-postgres", ...before },
    after: { id, name: "mam-production-postgres", ...after },
  });

const replaced = (address: string, argument: string, before: unknown, after: unknown) =>
  resourceChange(
    address,
    ["delete", "create"],
    {
      before: { cluster_id: id, name: "api", [argument]: before },
      after: { cluster_id: id, name: "api", [argument]: after },
      replace_paths: [[argument]],
    },
    { action_reason: "replace_because_cannot_update" },
  );

const findings = async (...changes: ResourceChange[]) =>
  (await judge(gateContext(changes), [])).findings;

test.each<
  [what: string, before: object, after: object, expected: string, found: RegExp, fix: RegExp]
>([
  [
    "a size",
    { size: "gd-4vcpu-16gb" },
    { size: "gd-2vcpu-8gb" },
    "size gd-4vcpu-16gb, or more",
    /^gd-2vcpu-8gb: a cluster is never made smaller: the platform refuses it, after everything/,
    /^write it back: environments\/production\.ts: database: \{ size: "gd-4vcpu-16gb" \}$/,
  ],
  [
    "a disk that somebody grew in the control panel",
    { storage_size_mib: "102400" },
    { storage_size_mib: "61440" },
    "storage_size_mib 102400, or more",
    /^61440: a disk is never made smaller/,
    /environments\/production\.ts: database: \{ storageGib: 100 \}$/,
  ],
  [
    "a version",
    { version: "17" },
    { version: "16" },
    "version 17, or more",
    /^16: a version is never lowered/,
    /database: \{ version: "17" \}$/,
  ],
])(
  "%s that is lowered is refused before any call",
  async (_, before, after, expected, found, fix) => {
    expect(await findings(cluster(before, after))).toEqual([
      {
        id: "never-lowered",
        severity: "error",
        resource:
          "database cluster mam-production-postgres (digitalocean_database_cluster.postgres)",
        expected,
        found: expect.stringMatching(found),
        fix: expect.stringMatching(fix),
      },
    ]);
  },
);

test.each<[what: string, before: object, after: object]>([
  ["a larger size", { size: "gd-2vcpu-8gb" }, { size: "gd-4vcpu-16gb" }],
  ["other CPUs", { size: "db-s-2vcpu-4gb" }, { size: "gd-2vcpu-4gb" }],
  ["a larger disk", { storage_size_mib: "61440" }, { storage_size_mib: "102400" }],
  ["a newer version", { version: "9" }, { version: "10" }],
  ["fewer nodes", { node_count: 3 }, { node_count: 2 }],
])("%s is let pass", async (_, before, after) => {
  expect(await findings(cluster(before, after))).toEqual([]);
});

test("a pool that is replaced while its cluster changes is two deployments, in this order", async () => {
  const pool = replaced("digitalocean_database_connection_pool.postgres_pool", "size", 20, 40);

  expect(
    await findings(cluster({ size: "gd-2vcpu-8gb" }, { size: "gd-4vcpu-16gb" }), pool),
  ).toEqual([
    {
      id: "cluster-first",
      severity: "error",
      resource: "connection pool api (digitalocean_database_connection_pool.postgres_pool)",
      expected:
        "changed after database cluster mam-production-postgres (digitalocean_database_cluster.postgres), not with it",
      found:
        "replaced: the pool is destroyed and made again: every pooled connection is cut; and in the same plan the cluster's size changes",
      fix: "make two deployments of it. For the first, write it back: environments/production.ts: database: { pool: { size: 20 } }. After it, change it again and deploy the second",
    },
  ]);
});

test.each([
  ["digitalocean_database_user.postgres_user", "name"],
  ["digitalocean_database_db.postgres_database", "name"],
])("%s that is replaced while its cluster changes is refused too", async (address, argument) => {
  const found = await findings(
    cluster({ version: "16" }, { version: "17" }),
    replaced(address, argument, "old", "new"),
  );

  expect(found.map(({ id: rule }) => rule)).toEqual(["stateful", "cluster-first"]);
});

test("a pool that is replaced alone, or beside another cluster, is let pass", async () => {
  const pool = replaced("digitalocean_database_connection_pool.postgres_pool", "size", 20, 40);
  const valkey = resourceChange("digitalocean_database_cluster.valkey", ["update"], {
    before: { id: "another", size: "db-s-1vcpu-1gb" },
    after: { id: "another", size: "db-s-1vcpu-2gb" },
  });

  expect(await findings(pool)).toEqual([]);
  expect(await findings(pool, valkey)).toEqual([]);
});

test("a cluster that is smaller and a pool that fits it are refused for both, before any call", async () => {
  const found = await findings(
    cluster({ size: "gd-4vcpu-16gb" }, { size: "gd-2vcpu-8gb" }),
    replaced("digitalocean_database_connection_pool.postgres_pool", "size", 100, 40),
  );

  expect(found.map(({ id: rule }) => rule)).toEqual(["never-lowered", "cluster-first"]);
});
