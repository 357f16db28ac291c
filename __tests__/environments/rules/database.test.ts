import { databaseRules } from "../../../environments/rules/database.ts";
import { changed, checked } from "../../support/environments.ts";
import { type BrokenRule, itFinds } from "../../support/rules.ts";

const rows: readonly BrokenRule[] = [
  {
    change: (draft) => (draft.database.size = "large"),
    path: "database.size",
    value: '"large"',
    expected: "a size slug of a managed database",
    fix: 'set database.size: "gd-2vcpu-8gb", or another slug of GET /v2/databases/options',
  },
  {
    change: (draft) => {
      draft.database.edition = "standard";
      draft.database.size = "db-s-2vcpu-4gb";
      draft.database.pool = { size: 20 };
    },
    path: "database.nodes",
    value: "2",
    expected: "1 with the standard edition: from 2026-11-30 DigitalOcean gives it no standby node",
    fix: 'set database.edition: "advanced" with a gd-* size to have a standby, or database.nodes: 1',
  },
  {
    change: (draft) => {
      draft.database.edition = "standard";
      draft.database.nodes = 1;
      draft.database.singleNodeReason = "Accepted for the length of this test run.";
    },
    path: "database.size",
    value: '"gd-2vcpu-8gb"',
    expected:
      "at most 4 GiB with the standard edition: from 2026-11-30 DigitalOcean sells no larger one",
    fix: 'set database.edition: "advanced", or database.size: "db-s-2vcpu-4gb"',
  },
  {
    change: (draft) => {
      Object.assign(draft.database, {
        edition: "standard",
        size: "db-s-2vcpu-4gb",
        nodes: 1,
        singleNodeReason: "Accepted for the length of this test run.",
        pool: { size: 20 },
        version: "18",
      });
    },
    path: "database.version",
    value: '"18"',
    expected: "16 or 17 with the standard edition",
    fix: 'set database.version: "17", or database.edition: "advanced"',
  },
  {
    change: (draft) => (draft.database.nodes = 1),
    path: "database.nodes",
    value: "1",
    expected: "two or more nodes in production: one means an outage whenever it is replaced",
    fix: "set database.nodes: 2, or write database.singleNodeReason",
  },
  {
    change: (draft) => (draft.database.pool = { size: 190 }),
    path: "database.pool.size",
    value: "190",
    expected: "at most 182: gd-2vcpu-8gb allows 197 connections, 15 of them reserved",
    fix: "set database.pool.size: 182, or choose a larger database.size",
  },
  {
    change: (draft) => (draft.cache.engine = "redis"),
    path: "cache.engine",
    value: '"redis"',
    expected: "valkey: DigitalOcean has created no Redis cluster since 2025-04-30",
    fix: 'set cache.engine: "valkey"; it speaks the same protocol',
  },
  {
    change: (draft) => (draft.cache.size = "small"),
    path: "cache.size",
    value: '"small"',
    expected: "a size slug of a managed database",
    fix: 'set cache.size: "db-s-1vcpu-2gb", or another slug of GET /v2/databases/options',
  },
  {
    change: (draft) => (draft.cache.size = "db-s-1vcpu-1gb"),
    path: "cache.size",
    value: '"db-s-1vcpu-1gb"',
    expected: "2 GiB or more: smaller clusters have one node only",
    fix: 'set cache.size: "db-s-1vcpu-2gb", or cache.nodes: 1',
  },
  {
    change: (draft) => (draft.cache.nodes = 1),
    path: "cache.nodes",
    value: "1",
    expected:
      "two or more nodes in production: one means that previews stop whenever it is replaced",
    fix: "set cache.nodes: 2, or write cache.singleNodeReason",
  },
  {
    change: (draft) => (draft.cache.evictionPolicy = "allkeys_lru"),
    path: "cache.evictionPolicy",
    value: '"allkeys_lru"',
    expected: "noeviction: the preview queue lives here, and eviction drops its jobs",
    fix: 'set cache.evictionPolicy: "noeviction", and a larger cache.size when memory is short',
  },
  {
    change: (draft) => (draft.database.settings = { autovacuumScaleFactor: 0.1 }),
    path: "database.settings.autovacuumScaleFactor",
    value: "0.1",
    expected:
      "a sum of halves, such as 0.125 or 0.0625: the provider keeps 32-bit numbers, and any other one differs on every plan",
    fix: "set database.settings.autovacuumScaleFactor: 0.125",
  },
];

itFinds(rows, databaseRules);

test("a cluster that stood before the environment did keeps a standby and a size that are not sold any more", () => {
  const standing = changed((draft) => {
    Object.assign(draft.database, {
      ...{ edition: "standard", size: "db-s-4vcpu-8gb", nodes: 2, cluster: "shop-db" },
      pool: { size: 20 },
    });
    draft.state.adopted = { app: "web-shop" };
  });

  expect(checked(standing).database).toMatchObject({ nodes: 2, size: "db-s-4vcpu-8gb" });
});
