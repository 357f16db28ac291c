import type { EnvironmentConfig } from "../environments/schema/environment.ts";

/**
 * Name of something on DigitalOcean, such as `mam-production-postgres`. Names are unique within an account and most of
 * them cannot change without replacing what they name, so they are made in one place.
 */
export function resourceName({ product, name }: EnvironmentConfig, noun?: string): string {
  return [product, name, noun].filter((part) => part !== undefined).join("-");
}
