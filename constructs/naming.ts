import type { EnvironmentConfig } from "../environments/schema/environment.ts";

/**
 * Name of something on DigitalOcean, such as `mam-production-postgres`. Names are unique within an account and most of
 * them cannot change without replacing what they name, so they are made in one place.
 */
export function resourceName({ product, name }: EnvironmentConfig, noun?: string): string {
  return [product, name, noun].filter((part) => part !== undefined).join("-");
}

/** Name of one of the environment's clusters. */
export function clusterName(config: EnvironmentConfig, cluster: "postgres" | "valkey"): string {
  return cluster === "postgres" ? postgresName(config) : resourceName(config, cluster);
}

/** Name of the PostgreSQL cluster: the usual one, or that of a cluster that the database was moved to. */
export function postgresName(config: EnvironmentConfig): string {
  return config.database.cluster ?? resourceName(config, "postgres");
}
