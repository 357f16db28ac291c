import { nameOf } from "../../constructs/naming.ts";
import { applicationUser } from "../../constructs/database/application-user.ts";
import { slots } from "../../environments/schema/rotation.ts";
import type { EnvironmentConfig } from "../../environments/schema/environment.ts";
import type { Comparison } from "./comparison.ts";
import type { ObservedData, ObservedCluster } from "../platform/observed-data.ts";

/** The database, the API's users and their pool. */
export function contentComparisons(
  config: EnvironmentConfig,
  { postgres }: ObservedData,
): Comparison[] {
  const { name, pool } = config.database;
  const poolName = nameOf(config, "pool");
  const users = slots.map((slot) => applicationUser(config, slot));
  const [own, strange] = [
    postgres?.pools.filter((one) => one.name === poolName),
    postgres?.pools.filter((one) => one.name !== poolName) ?? [],
  ];
  return [
    {
      resource: `the database ${name}`,
      expected: "present",
      found: postgres?.databases.includes(name) ? "present" : undefined,
      ...(postgres ? { fix: restoreOrEmpty(config, `the database ${name}`) } : {}),
    },
    ...users.map((user) => ({
      resource: `the user ${user}`,
      expected: "present",
      found: postgres?.users.some((one) => one.name === user) ? "present" : undefined,
    })),
    {
      resource: "the connection pools",
      expected: pool ? [`${poolName} of ${name}, transaction mode, ${pool.size} connections`] : [],
      found: own?.map(poolText),
    },
    ...strange.map((pool) => ({
      resource: "a connection pool that nobody configured",
      expected: "none",
      found: poolText(pool),
      fix: `\`doctl databases pool delete ${postgres?.cluster.id ?? ""} ${pool.name}\``,
    })),
  ];
}

/** The user that every cluster is born with. */
const administrator = "doadmin";

/**
 * Who has a user in PostgreSQL beside the API, and what else is in it. A person made them: no deployment takes them away, and
 * no plan shows them.
 */
export function strangerComparisons(
  config: EnvironmentConfig,
  { postgres }: ObservedData,
): Comparison[] {
  if (!postgres) return [];
  const { cluster, users, databases } = postgres;
  const own = slots.map((slot) => applicationUser(config, slot));
  const known = [...own, administrator];
  const strangers = users.filter(({ name }) => !known.includes(name));
  // Every cluster is born with it.
  const others = databases.filter((name) => name !== config.database.name && name !== "defaultdb");
  return [
    ...strangers.map(({ name }) => stranger("user", cluster.id, name)),
    ...others.map((name) => stranger("db", cluster.id, name)),
  ];
}

const stranger = (kind: "user" | "db", cluster: string, name: string): Comparison => ({
  resource: `a ${kind === "user" ? "user" : "database"} of PostgreSQL that nobody configured`,
  expected: "none",
  found: name,
  fix: `\`doctl databases ${kind} delete ${cluster} ${name}\``,
});

/** The API says by an empty name, or by none, that every user connects as itself. */
function poolText({ name, mode, size, db, user }: ObservedCluster["pools"][number]): string {
  return `${name} of ${db}, ${mode} mode, ${size} connections${user ? ` as ${user}` : ""}`;
}

/** What is to be done about something whose content is gone: nothing that is made anew has it. */
function restoreOrEmpty({ name }: EnvironmentConfig, what: string): string {
  return `restore it from a backup, docs/stateful-resources.md says how; where an empty one will do: \`mam deploy ${name} --override stateful="${what} may be empty"\``;
}
