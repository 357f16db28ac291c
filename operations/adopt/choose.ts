import { type StorageTier, storageTiers } from "../../constructs/storage/tiers.ts";
import { isBucketPrefix } from "../../environments/rules/storage.ts";
import { NotConfigured } from "../context/credentials.ts";
import { namedDatabases } from "./describe/database-name.ts";
import { type Roles, componentsOf, variablesOf } from "./roles.ts";
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

/** @throws NotConfigured when a component that is said is not there, or is to do the work of two. */
export function checkRoles(app: StandingApp, said: Roles): void {
  const there = componentsOf(app).map(({ name }) => name);
  const names = Object.values(said);
  const missing = names.filter((name) => !there.includes(name));
  if (missing.length > 0)
    throw new NotConfigured(
      `The app ${app.spec.name} has no service and no worker ${missing.join(", ")}.\n  fix: say one that it has: ${there.join(", ")}`,
    );
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined)
    throw new NotConfigured(
      `The component ${twice} is said to be two of ours.\n  fix: say it once; what nothing is said for is made anew`,
    );
}

type BucketNames = Readonly<Partial<Record<StorageTier, string>>>;

/**
 * The buckets of the tiers: those that are said, or that the app has in the variables by which the contract names them; and
 * then those that are called as the stacks would call them, since they are taken over by that name.
 *
 * @param standing names of the account's buckets.
 * @param prefix what names of buckets begin with, where none that stands says it.
 * @throws NotConfigured when one that is said is not there, or one is that of several tiers.
 */
export function chooseBuckets(
  app: StandingApp,
  standing: readonly string[],
  said: Wanted["buckets"],
  prefix: string,
): BucketNames {
  const missing = Object.values(said).filter((name) => !standing.includes(name));
  if (missing.length > 0)
    throw new NotConfigured(none(`the buckets ${missing.join(", ")}`, standing));
  const named = { ...namedBuckets(app, standing, Object.values(said)), ...said };
  refuseShared(named);
  const begin = prefixOf(named) ?? prefix;
  const taken = Object.values(named);
  return forTiers((tier) => {
    const usual = `${begin}-${tier}`;
    return named[tier] ?? (standing.includes(usual) && !taken.includes(usual) ? usual : undefined);
  });
}

/** Buckets that variables of the app name; not those of which a person says what they are. */
function namedBuckets(app: StandingApp, standing: readonly string[], said: readonly string[]) {
  const variables = componentsOf(app).flatMap((component) => variablesOf(app, component));
  const all = [...variables, ...variablesOf(app, {})].filter(
    ({ value = "" }) => standing.includes(value) && !said.includes(value),
  );
  return forTiers((tier) => all.find(({ key }) => key === `${tier.toUpperCase()}_BUCKET`)?.value);
}

function forTiers(nameOf: (tier: StorageTier) => string | undefined): BucketNames {
  return Object.fromEntries(
    storageTiers.flatMap((tier) => {
      const name = nameOf(tier);
      return name === undefined ? [] : [[tier, name]];
    }),
  );
}

/** One tier expires, another one never does: they cannot be one bucket. */
function refuseShared(named: BucketNames): void {
  for (const name of Object.values(named)) {
    const tiers = storageTiers.filter((tier) => named[tier] === name);
    if (tiers.length > 1)
      throw new NotConfigured(
        `The bucket ${name} is that of ${tiers.join(" and ")}: each tier has one of its own, since previews expire and masters never do.\n  fix: say what it is, and the others are made anew: --bucket ${tiers.includes("masters") ? "masters" : (tiers[0] ?? "")}=${name}`,
      );
  }
}

/** What the names of buckets begin with that are called as ours are; undefined where none is. */
export function prefixOf(names: BucketNames): string | undefined {
  return storageTiers
    .map((tier) =>
      names[tier]?.endsWith(`-${tier}`) ? names[tier].slice(0, -`-${tier}`.length) : "",
    )
    .find(isBucketPrefix);
}
