import { explainPlan } from "../../../operations/plan/explanation.ts";
import { meaningsOf } from "../../../operations/plan/meanings.ts";
import type { ResourceChange } from "../../../operations/terraform/plan-json.ts";
import { anEnvironment } from "../../support/environments.ts";
import { plannedStack, resourceChange } from "../../support/plans.ts";

const replaced = (address: string, argument: string, before: unknown, after: unknown) =>
  resourceChange(address, ["delete", "create"], {
    before: { id: "one", name: "it", [argument]: before },
    after: { name: "it", [argument]: after },
    after_unknown: { id: true },
    replace_paths: [[argument]],
  });

const updated = (address: string, before: object, after: object) =>
  resourceChange(address, ["update"], { before, after });

test.each<[what: string, change: ResourceChange, means: string[]]>([
  [
    "a pool with another size",
    replaced("digitalocean_database_connection_pool.postgres_pool", "size", 20, 10),
    ["the pool is destroyed and made again: every pooled connection is cut"],
  ],
  [
    "a pool with another user",
    replaced("digitalocean_database_connection_pool.postgres_pool", "user", "a", "b"),
    ["the pool is destroyed and made again: every pooled connection is cut"],
  ],
  [
    "a zone whose address is removed",
    replaced("digitalocean_domain.zone", "ip_address", "192.0.2.1", null),
    [
      "removing ip_address deletes the whole zone, and makes it again without its records: its records go too, also those outside of the plan",
    ],
  ],
  [
    "a zone that goes",
    resourceChange("digitalocean_domain.zone", ["delete"]),
    ["the whole zone is deleted: its records go too, also those outside of the plan"],
  ],
  [
    "a setting of 0",
    updated(
      "digitalocean_database_postgresql_config.postgres_settings",
      { backup_hour: 1 },
      { backup_hour: 0 },
    ),
    ["0 is never sent: the old value stays, and every plan shows the same difference again"],
  ],
  [
    "a cluster that is upgraded",
    updated("digitalocean_database_cluster.postgres", { version: "16" }, { version: "17" }),
    ["the cluster is upgraded while the deployment goes on: nothing waits for it"],
  ],
  [
    "an app that leaves its network",
    updated("digitalocean_app.app", { spec: [{ vpc: [{ id: "v" }] }] }, { spec: [{ vpc: [] }] }),
    ["the app leaves the network: it cannot reach the databases, and its deployment fails"],
  ],
  [
    "a cluster with more nodes",
    updated("digitalocean_database_cluster.postgres", { node_count: 1 }, { node_count: 2 }),
    [],
  ],
  ["what is made", resourceChange("digitalocean_domain.zone", ["create"], { after: {} }), []],
])("%s is explained in a user's words", (_, change, means) => {
  expect(meaningsOf(change)).toEqual(means);
});

test("the plan of a resource says what its change means", () => {
  const pool = replaced("digitalocean_database_connection_pool.postgres_pool", "size", 20, 10);
  const { stacks } = explainPlan(anEnvironment(), [
    plannedStack("data", { resource_changes: [pool] }),
  ]);

  expect(stacks[0]?.resources[0]?.means).toEqual([
    "the pool is destroyed and made again: every pooled connection is cut",
  ]);
});
