import type { OutgoingHttpHeaders } from "node:http";

import type { LocalNames } from "../../../door/local-names.ts";
import { requestHeaders } from "../../../proxy/headers.ts";
import type { Instance } from "../model.ts";
import type { CorsAnswer } from "./cors.ts";
import type { Visit } from "./visit.ts";

/** Whether a visitor came by the name that the host has on this machine, not by its official one. */
export const cameByLocalName = ({ request, host }: Visit, names: LocalNames) =>
  names.officialHost(request.headers.host) === host;

/**
 * The headers that a program gets. It knows its host, and the origins of pages, by their names on this machine; the
 * visitor's address is appended to those that the request brought, so that its first one can be forged.
 */
export function headersForProgram(
  { request, host, origin }: Visit,
  names: LocalNames,
): OutgoingHttpHeaders {
  const local = names.localHost(host);
  const before = request.headers["x-forwarded-for"];
  const { remoteAddress = "" } = request.socket;
  return {
    ...requestHeaders(request),
    host: local,
    ...(origin === undefined ? {} : { origin: names.toLocal(origin) }),
    "x-forwarded-for": before === undefined ? remoteAddress : `${String(before)}, ${remoteAddress}`,
    "x-forwarded-host": local,
    "x-forwarded-proto": "https",
  };
}

/**
 * The headers of a program's answer as its visitor gets them: names as he knows them, what the ingress rule says about
 * other origins, and which instance it was.
 */
export function headersForVisitor(
  headers: readonly [string, string][],
  visit: Visit,
  names: LocalNames,
  { instance, cors }: { readonly instance: Instance; readonly cors: CorsAnswer | undefined },
): [string, string][] {
  const ruled = new Set(cors?.answer.map(([key]) => key));
  const { component, name, deployment, digest } = instance;
  return [
    ...headers
      .filter(([key]) => !ruled.has(key.toLowerCase()))
      .map(([key, value]): [string, string] => [
        key,
        asKnown(key.toLowerCase(), value, visit, names),
      ]),
    ...(cors?.answer ?? []),
    ["x-rehearsal-component", component],
    ["x-rehearsal-instance", name],
    ["x-rehearsal-deployment", deployment],
    ["x-rehearsal-digest", digest],
  ];
}

function asKnown(key: string, value: string, visit: Visit, names: LocalNames): string {
  if (key === "access-control-allow-origin") {
    const { origin } = visit;
    return origin !== undefined && origin === names.toOfficial(value) ? origin : value;
  }
  const isOfficial = key === "location" && !cameByLocalName(visit, names);
  return isOfficial ? names.toOfficial(value) : value;
}
