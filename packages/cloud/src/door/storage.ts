import type { Agent, IncomingMessage, ServerResponse } from "node:http";

import { forward } from "../proxy/forward.ts";
import { requestHeaders } from "../proxy/headers.ts";
import type { LocalNames } from "./local-names.ts";

/** A request to storage, and where storage is. */
interface StorageVisit {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly port: number;
  readonly agent: Agent;
  readonly names: LocalNames;
}

/**
 * Passes a request to storage. Its Host is the one that was signed, and stays. A bucket's CORS rules speak of official
 * origins: the page's origin is translated for them, and back in the answer.
 */
export async function passToStorage(visit: StorageVisit): Promise<void> {
  const { request, response, port, agent, names } = visit;
  const { origin } = request.headers;
  const result = await forward({
    request,
    response,
    port,
    agent,
    path: request.url ?? "/",
    headers: {
      ...requestHeaders(request),
      ...(origin === undefined ? {} : { origin: names.toOfficial(origin) }),
    },
    shape: (headers) =>
      headers.map(([key, value]) =>
        key.toLowerCase() === "access-control-allow-origin"
          ? [key, names.toLocal(value)]
          : [key, value],
      ),
  });
  if (result.kind !== "failed") return;
  response.writeHead(502, { "content-type": "text/plain" });
  response.end(`storage: ${result.reason}`);
}
