import { type StorageTier, storageTiers } from "../../constructs/storage/tiers.ts";
import { NotConfigured } from "../context/credentials.ts";
import { namedDatabases } from "./describe/database.ts";
import { componentsOf } from "./roles.ts";
import type { StandingApp, StandingCluster } from "./standing.ts";
import type { Wanted } from "./wanted.ts";

/**
 * The app that is meant: the one that is named, or the only one that no environment has.
 *
 * @param taken names of the apps of the environments that there are.
 * @throws NotConfigured when it is not there, is an environment's, or is not the only one.
 */
export function chooseApp(
  apps: readonly StandingApp[],
  taken: readonly string[],
  said: string | undefined,
): StandingApp {
  const free = apps.filter(({ spec }) => !taken.includes(spec.name));
  if (said !== undefined) {
    const found = apps.find(({ id, spec }) => id === said || spec.name === said);
    if (!found) throw new NotConfigured(none(`an app ${said}`, free.map(nameOfApp)));
    if (free.includes(found)) return found;
    throw new NotConfigured(
      `The app ${found.spec.name} is an environment's already.\n  fix: mam adopt takes over what no environment has`,
    );
  }
  const [only, ...others] = free;
  if (only && others.length === 0) return only;
  throw new NotConfigured(
    only
      ? `Several apps are no environment's: ${free.map(nameOfApp).join(", ")}.\n  fix: say which one: --app <name>`
      : "The account has no app that is no environment's.\n  fix: mam init makes an environment from nothing",
  );
}

const nameOfApp = ({ spec }: StandingApp) => spec.name;

const none = (what: string, there: readonly string[]) =>
  `The account has no such thing: ${what}.\n  fix: say one that stands: ${there.length > 0 ? there.join(", ") : "there is none"}`;

/** Engines by the words that an app spec and the API have for them. */
const engines = {
  postgres: { api: ["pg", "advanced_pg"], spec: ["PG", "ADVANCED_PG"] },
  valkey: { api: ["valkey"], spec: ["VALKEY"] },
} as const;

/**
 * The cluster of an engine: the one that is said, or that the app names.
 *
 * @throws NotConfigured when it is not there, or when the app names several.
 */
export function chooseCluster(
  kind: "postgres" | "valkey",
  app: StandingApp,
  clusters: readonly StandingCluster[],
  said: string | undefined,
): StandingCluster | undefined {
  const own = clusters.filter(({ engine }) =>
    (engines[kind].api as readonly string[]).includes(engine),
  );
  if (said !== undefined) {
    const found = own.find(({ id, name }) => id === said || name === said);
    if (found) return found;
    throw new NotConfigured(
      none(
        `a ${kind} cluster ${said}`,
        own.map(({ name }) => name),
      ),
    );
  }
  const named = clustersOf(app, clusters).filter((one) => own.includes(one));
  if (named.length < 2) return named[0];
  throw new NotConfigured(
    `The app names several ${kind} clusters: ${named.map(({ name }) => name).join(", ")}.\n  fix: say which one is the platform's: --${kind} <name>`,
  );
}

/** Clusters of other engines that the app names. */
export function strangersOf(app: StandingApp, clusters: readonly StandingCluster[]) {
  const known: readonly string[] = [...engines.postgres.api, ...engines.valkey.api];
  return clustersOf(app, clusters).filter(({ engine }) => !known.includes(engine));
}

function clustersOf(app: StandingApp, clusters: readonly StandingCluster[]) {
  const names = new Set(namedDatabases(app).map(({ cluster_name: name }) => name));
  return clusters.filter(({ name }) => names.has(name));
}

/**
 * The buckets of the tiers: those that are said, or that the app has in the variables by which the contract names them.
 *
 * @param standing names of the account's buckets.
 * @throws NotConfigured when one that is said is not there.
 */
export function chooseBuckets(
  app: StandingApp,
  standing: readonly string[],
  said: Wanted["buckets"],
): Readonly<Partial<Record<StorageTier, string>>> {
  const missing = Object.values(said).filter((name) => !standing.includes(name));
  if (missing.length > 0)
    throw new NotConfigured(none(`the buckets ${missing.join(", ")}`, standing));
  const variables = [
    ...componentsOf(app).flatMap(({ envs }) => envs ?? []),
    ...(app.spec.envs ?? []),
  ];
  return Object.fromEntries(
    storageTiers.flatMap((tier) => {
      const named = variables.find(({ key }) => key === `${tier.toUpperCase()}_BUCKET`)?.value;
      const name = said[tier] ?? (standing.includes(named ?? "") ? named : undefined);
      return name === undefined ? [] : [[tier, name]];
    }),
  );
}
