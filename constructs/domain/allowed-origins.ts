import type { EnvironmentConfig } from "../../environments/schema/environment.ts";

/**
 * The origins whose pages may upload to storage, play media and call the API: the app's own host, then those of
 * `domain.extraOrigins`. Storage, ingress and images are told the same list, or a page could do one thing and not the
 * next.
 */
export function allowedOrigins({ domain }: EnvironmentConfig): readonly string[] {
  return [`https://${domain.appHost}`, ...domain.extraOrigins];
}
