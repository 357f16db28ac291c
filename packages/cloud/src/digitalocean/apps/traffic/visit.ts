import type { IncomingMessage, ServerResponse } from "node:http";

import type { Forwarded } from "../../../proxy/forward.ts";
import type { TrafficEntry, TrafficOutcome } from "./traffic-log.ts";

/** A request with what is known of it. */
export interface Visit {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** The official host. */
  readonly host: string;
  readonly path: string;
  /** With its question mark; empty without one. */
  readonly query: string;
  /** Origin of the page that makes it, as the browser knows it; undefined for a request of no page. */
  readonly origin: string | undefined;
  /** When it came, in milliseconds since the epoch. */
  readonly began: number;
}

/** What became of a visit. */
export type VisitEnd = Pick<
  TrafficEntry,
  "status" | "outcome" | "component" | "instance" | "reason"
>;

/** Takes a request up. */
export function newVisit(request: IncomingMessage, response: ServerResponse, host: string): Visit {
  const { url = "/" } = request;
  const at = url.indexOf("?");
  return {
    request,
    response,
    host,
    path: at < 0 ? url : url.slice(0, at),
    query: at < 0 ? "" : url.slice(at),
    origin: request.headers.origin,
    began: Date.now(),
  };
}

/** Answers by the platform itself. */
export function say(
  { response }: Visit,
  status: number,
  outcome: TrafficOutcome,
  headers: readonly (readonly [string, string])[] = [],
  text = "",
): VisitEnd {
  const length = ["content-length", String(Buffer.byteLength(text))];
  response.writeHead(status, [...headers, length].flat());
  response.end(text);
  return { status, outcome };
}

/** Says that nothing could answer, with the words of Envoy, which the platform's router is. */
export function refuse(visit: Visit, status: number, reason: string): VisitEnd {
  const headers = [
    ["content-type", "text/plain"],
    ["x-rehearsal-reason", reason],
  ] as const;
  return { ...say(visit, status, "refused", headers, reason), reason };
}

/** What became of a request that was sent on; answers it where nothing has answered. */
export function finish(visit: Visit, result: Forwarded): VisitEnd {
  switch (result.kind) {
    case "answered":
      return { status: result.status, outcome: "answered" };
    case "left":
      return { status: result.status ?? 0, outcome: "left" };
    case "broken":
      return { status: result.status, outcome: "broken", reason: "connection termination" };
    case "late":
      return refuse(visit, 504, "upstream request timeout");
    case "failed":
      return refuse(visit, 503, disconnected(result.reason));
  }
}

const disconnected = (reason: string) =>
  `upstream connect error or disconnect/reset before headers. reset reason: ${reason}`;
