import createFindMyWay, { type HTTPMethod } from "find-my-way";

import type { Endpoint } from "./endpoint.ts";

/** An endpoint with the values of its path's placeholders. */
interface Match {
  readonly endpoint: Endpoint;
  readonly params: Readonly<Record<string, string | undefined>>;
}

/** Finds the endpoint of a method and a path; nothing for a path that is not encoded properly. */
export type Router = (method: string, path: string) => Match | undefined;

/** Longest value of a placeholder in characters, as of the servers' own paths. */
const maxParamLength = 2048;

/**
 * Prepares the lookup of endpoints in the router that fastify itself uses, once for all servers of a process: handing all
 * of them to each server would make up most of the time that an account takes to start.
 */
export function createRouter(endpoints: readonly Endpoint[]): Router {
  const table = createFindMyWay({ maxParamLength });
  for (const endpoint of endpoints) table.on(endpoint.method, endpoint.path, notCalled, endpoint);
  return (method, path) => {
    const found = table.find(method as HTTPMethod, path);
    // What was stored with the route is the endpoint.
    return found ? { endpoint: found.store as Endpoint, params: found.params } : undefined;
  };
}

/** The router wants something to call; the server asks the endpoint itself, once it knows who calls. */
const notCalled = () => undefined;
