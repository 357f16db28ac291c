import type { EnvironmentConfig } from "../environments/schema/environment.ts";

/**
 * Name of something on DigitalOcean, such as `mam-production-postgres`. Names are unique within an account and most of
 * them cannot change without replacing what they name, so they are made in one place.
 */
export function resourceName({ product, name }: EnvironmentConfig, noun?: string): string {
  return [product, name, noun].filter((part) => part !== undefined).join("-");
}

/** What an environment has one of, and what may stand under a name that somebody else gave it. */
type NamedResource = Exclude<keyof EnvironmentConfig["state"]["adopted"], "buckets">;

/** Name of what an environment has one of: the one that was given to it by hand, or the one that is made for it. */
export function nameOf(config: EnvironmentConfig, resource: NamedResource): string {
  const made: Readonly<Record<NamedResource, string>> = {
    app: resourceName(config),
    vpc: resourceName(config),
    project: resourceName(config),
    valkey: resourceName(config, "valkey"),
    pool: "api",
  };
  return config.state.adopted[resource] ?? made[resource];
}

/** Name of one of the environment's clusters. */
export function clusterName(config: EnvironmentConfig, cluster: "postgres" | "valkey"): string {
  return cluster === "postgres" ? postgresName(config) : nameOf(config, cluster);
}

/** Name of the PostgreSQL cluster: the usual one, or that of a cluster that the database was moved to, or began with. */
export function postgresName(config: EnvironmentConfig): string {
  return config.database.cluster ?? resourceName(config, "postgres");
}
