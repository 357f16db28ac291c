import type { PublicServiceName } from "../../environments/schema/environment.ts";

/**
 * The service that answers a path, as the routes of every environment say: media has a host of its own, and of every other
 * host `/api` is the API and the rest the page.
 */
export function answererOf(path: string, isMediaHost: boolean): PublicServiceName {
  if (isMediaHost) return "edge";
  return /^\/api(\/|$)/.test(path) ? "api" : "frontend";
}
