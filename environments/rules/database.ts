import {
  type DatabasePlan,
  databasePlan,
  postgresConnectionLimit,
} from "../platform/database-plans.ts";
import type { Rule } from "./rule.ts";
import type { EnvironmentConfig } from "../schema/environment.ts";

/**
 * From this day DigitalOcean sells standard PostgreSQL only as a single node of up to 4 GiB to everybody, and since
 * 2026-10-15 to new customers. Source: docs.digitalocean.com/release-notes/upcoming/dbaas-plan-changes.
 */
const standardPlanChange = "2026-11-30";

const planOf = ({ database }: EnvironmentConfig): DatabasePlan | undefined =>
  databasePlan(database.size);

const connectionsForPool = (environment: EnvironmentConfig): number => {
  const plan = planOf(environment);
  return plan ? postgresConnectionLimit(plan) - environment.database.reservedConnections : Infinity;
};

/** A cluster that stood before the environment did keeps what is not sold any more: its nodes and its size. */
const isAdopted = ({ database, state }: EnvironmentConfig): boolean =>
  database.cluster !== undefined && state.adopted.app !== undefined;

const postgresRules: readonly Rule[] = [
  {
    path: "database.size",
    fails: (environment) => planOf(environment) === undefined,
    expected: "a size slug of a managed database",
    fix: 'set database.size: "gd-2vcpu-8gb", or another slug of GET /v2/databases/options',
  },
  {
    path: "database.nodes",
    fails: (environment) =>
      !isAdopted(environment) &&
      environment.database.edition === "standard" &&
      environment.database.nodes > 1,
    expected: `1 with the standard edition: from ${standardPlanChange} DigitalOcean gives it no standby node`,
    fix: 'set database.edition: "advanced" with a gd-* size to have a standby, or database.nodes: 1',
  },
  {
    path: "database.size",
    fails: (environment) =>
      !isAdopted(environment) &&
      environment.database.edition === "standard" &&
      (planOf(environment)?.memoryGib ?? 0) > 4,
    expected: `at most 4 GiB with the standard edition: from ${standardPlanChange} DigitalOcean sells no larger one`,
    fix: 'set database.edition: "advanced", or database.size: "db-s-2vcpu-4gb"',
  },
  {
    path: "database.version",
    fails: ({ database }) => database.edition === "standard" && database.version === "18",
    expected: "16 or 17 with the standard edition",
    fix: 'set database.version: "17", or database.edition: "advanced"',
  },
  {
    path: "database.nodes",
    fails: ({ tier, database }) =>
      tier === "production" && database.nodes < 2 && database.singleNodeReason === undefined,
    expected: "two or more nodes in production: one means an outage whenever it is replaced",
    fix: "set database.nodes: 2, or write database.singleNodeReason",
  },
  {
    path: "database.pool.size",
    fails: (environment) =>
      (environment.database.pool?.size ?? 0) > connectionsForPool(environment),
    expected: (environment) =>
      `at most ${connectionsForPool(environment)}: ${environment.database.size} allows ` +
      `${connectionsForPool(environment) + environment.database.reservedConnections} connections, ` +
      `${environment.database.reservedConnections} of them reserved`,
    fix: (environment) =>
      `set database.pool.size: ${Math.max(1, connectionsForPool(environment))}, or choose a larger database.size`,
  },
  {
    path: "database.settings.autovacuumScaleFactor",
    fails: ({ database: { settings } }) =>
      Math.fround(settings.autovacuumScaleFactor) !== settings.autovacuumScaleFactor,
    expected:
      "a sum of halves, such as 0.125 or 0.0625: the provider keeps 32-bit numbers, and any other one differs on every plan",
    fix: "set database.settings.autovacuumScaleFactor: 0.125",
  },
];

const valkeyRules: readonly Rule[] = [
  {
    path: "cache.engine",
    fails: ({ cache }) => cache.engine === "redis",
    expected: "valkey: DigitalOcean has created no Redis cluster since 2025-04-30",
    fix: 'set cache.engine: "valkey"; it speaks the same protocol',
  },
  {
    path: "cache.size",
    fails: ({ cache }) => databasePlan(cache.size) === undefined,
    expected: "a size slug of a managed database",
    fix: 'set cache.size: "db-s-1vcpu-2gb", or another slug of GET /v2/databases/options',
  },
  {
    path: "cache.size",
    fails: ({ cache }) => cache.nodes > 1 && (databasePlan(cache.size)?.memoryGib ?? 2) < 2,
    expected: "2 GiB or more: smaller clusters have one node only",
    fix: 'set cache.size: "db-s-1vcpu-2gb", or cache.nodes: 1',
  },
  {
    path: "cache.nodes",
    fails: ({ tier, cache }) =>
      tier === "production" && cache.nodes < 2 && cache.singleNodeReason === undefined,
    expected:
      "two or more nodes in production: one means that previews stop whenever it is replaced",
    fix: "set cache.nodes: 2, or write cache.singleNodeReason",
  },
  {
    path: "cache.evictionPolicy",
    fails: ({ cache }) => cache.evictionPolicy !== "noeviction",
    expected: "noeviction: the preview queue lives here, and eviction drops its jobs",
    fix: 'set cache.evictionPolicy: "noeviction", and a larger cache.size when memory is short',
  },
];

/** Rules about PostgreSQL and Valkey: what DigitalOcean sells, what connections allow, what a queue needs. */
export const databaseRules: readonly Rule[] = [...postgresRules, ...valkeyRules];
