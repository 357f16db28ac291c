import { badRequest } from "./errors.ts";
import type { Endpoint } from "./endpoint.ts";

/** An endpoint with the values of its path's placeholders. */
interface Match {
  readonly endpoint: Endpoint;
  readonly params: Readonly<Record<string, string>>;
}

/** Finds the endpoint of a method and a path. */
export type Router = (method: string, path: string) => Match | undefined;

interface Candidate {
  readonly endpoint: Endpoint;
  readonly segments: readonly string[];
}

const isPlaceholder = (segment: string | undefined) => segment?.startsWith(":") === true;

/** Words before placeholders, so that `/v2/apps/regions` is not taken for an app of that id. */
function bySpecificity(one: Candidate, other: Candidate): number {
  const at = one.segments.findIndex(
    (segment, index) => isPlaceholder(segment) !== isPlaceholder(other.segments[index]),
  );
  return at < 0 ? 0 : isPlaceholder(one.segments[at]) ? 1 : -1;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw badRequest(`the path segment ${segment} is not encoded properly`);
  }
}

function paramsOf({ segments }: Candidate, path: readonly string[]) {
  const params: Record<string, string> = {};
  for (const [index, segment] of segments.entries()) {
    const value = path[index] ?? "";
    if (isPlaceholder(segment)) params[segment.slice(1)] = decode(value);
    else if (segment !== value) return undefined;
  }
  return params;
}

/**
 * Prepares the lookup of endpoints, once for all servers of a process: handing all of them to the HTTP server would make
 * up most of the time that an account takes to start.
 */
export function createRouter(endpoints: readonly Endpoint[]): Router {
  const table = new Map<string, Candidate[]>();
  const keyOf = (method: string, segments: readonly string[]) => `${method} ${segments.length}`;
  for (const endpoint of endpoints) {
    const candidate = { endpoint, segments: endpoint.path.split("/") };
    const key = keyOf(endpoint.method, candidate.segments);
    table.set(key, [...(table.get(key) ?? []), candidate].sort(bySpecificity));
  }
  return (method, path) => {
    const segments = path.split("/");
    for (const candidate of table.get(keyOf(method, segments)) ?? []) {
      const params = paramsOf(candidate, segments);
      if (params) return { endpoint: candidate.endpoint, params };
    }
    return undefined;
  };
}
