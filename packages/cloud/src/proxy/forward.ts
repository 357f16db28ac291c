import { request as sendRequest } from "node:http";
import type {
  Agent,
  ClientRequest,
  IncomingMessage,
  OutgoingHttpHeaders,
  ServerResponse,
} from "node:http";
import { pipeline } from "node:stream";

import { answerHeaders, hasBody } from "./headers.ts";

/** A request that is sent on. */
export interface Forwarding {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** Port of 127.0.0.1. */
  readonly port: number;
  /** Keeps the connections; false for a new one. */
  readonly agent: Agent | false;
  /** Path with query. */
  readonly path: string;
  readonly headers: OutgoingHttpHeaders;
  /** The answer's headers as they are to be passed on. */
  readonly shape?: (headers: [string, string][], answer: IncomingMessage) => [string, string][];
  /** When the answer must have begun, in milliseconds since the epoch; absent for no limit. */
  readonly until?: number;
}

/** What became of it. */
export type Forwarded =
  /** Answered to the last byte. */
  | { readonly kind: "answered"; readonly status: number }
  /** The client went before the answer was over. */
  | { readonly kind: "left"; readonly status?: number }
  /** The answer broke off; what had come of it was passed on. */
  | { readonly kind: "broken"; readonly status: number }
  /** No answer began in time. */
  | { readonly kind: "late" }
  /** No answer began; nothing has been written to the client. */
  | {
      readonly kind: "failed";
      readonly reason: string;
      /**
       * Where another try cannot make anything happen twice: over a new connection, when a kept one turned out to be
       * closed; at another address, when there was no connection at all.
       */
      readonly repeatable: "afresh" | "elsewhere" | "never";
    };

const harmless = new Set(["GET", "HEAD", "OPTIONS"]);

/** Errors of a connection that was never made: nothing of the request was sent. */
const unconnected = new Set(["ECONNREFUSED", "EADDRNOTAVAIL"]);

/**
 * Sends a request on and streams both bodies: neither is ever held, a slow reader slows the writer down, and a client that
 * goes ends what is sent to it at its source. It is never rejected.
 */
export function forward(forwarding: Forwarding): Promise<Forwarded> {
  return new Promise((resolve) => {
    const { response, until } = forwarding;
    const out = open(forwarding);
    const state: State = { status: undefined, isBroken: false };
    const end = (result: Forwarded) => {
      clearTimeout(timer);
      response.off("close", onLeave);
      if (result.kind !== "answered") out.destroy();
      // Only the first of several ends counts.
      resolve(result);
    };
    const onLate = () => {
      end({ kind: "late" });
    };
    const timer = until === undefined ? undefined : setTimeout(onLate, until - Date.now());
    const onLeave = () => {
      if (!response.writableFinished) end(interrupted(state));
    };
    response.on("close", onLeave);
    out.on("response", (answer) => {
      clearTimeout(timer);
      state.status = answer.statusCode ?? 502;
      answer.once("error", () => {
        state.isBroken = true;
      });
      passAnswer(forwarding, answer, (isWhole) => {
        end(isWhole ? { kind: "answered", status: state.status ?? 502 } : interrupted(state));
      });
    });
    out.on("error", (error) => {
      if (state.status === undefined) end(failureOf(error, out, forwarding.request));
    });
    sendBody(forwarding.request, out);
  });
}

interface State {
  status: number | undefined;
  /** Whether the answer broke off at its source. */
  isBroken: boolean;
}

function interrupted({ status, isBroken }: State): Forwarded {
  if (status === undefined) return { kind: "left" };
  return isBroken ? { kind: "broken", status } : { kind: "left", status };
}

/** Nothing is read of a body before there is a connection, so that another one can still be tried. */
function sendBody(request: IncomingMessage, out: ClientRequest): void {
  if (!hasBody(request)) {
    out.end();
    return;
  }
  const send = () => request.pipe(out);
  out.once("socket", (socket) => {
    if (socket.connecting) socket.once("connect", send);
    else send();
  });
}

function open({ request, port, agent, path, headers }: Forwarding): ClientRequest {
  const { method = "GET" } = request;
  return sendRequest({
    host: "127.0.0.1",
    port,
    agent,
    method,
    path,
    headers,
    setHost: false,
  });
}

function passAnswer(
  { response, shape = (headers) => headers }: Forwarding,
  answer: IncomingMessage,
  done: (isWhole: boolean) => void,
): void {
  const headers = shape(answerHeaders(answer), answer);
  response.writeHead(answer.statusCode ?? 502, answer.statusMessage, headers.flat());
  // A client that only waits for the headers gets them before the body begins.
  response.flushHeaders();
  pipeline(answer, response, (error) => {
    done(!error);
  });
}

function failureOf(error: Error, out: ClientRequest, request: IncomingMessage): Forwarded {
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  if (unconnected.has(code)) {
    return { kind: "failed", reason: "connection failure", repeatable: "elsewhere" };
  }
  // The other side may close a kept connection while a request is on its way.
  const wasClosed = out.reusedSocket && harmless.has(request.method ?? "") && !hasBody(request);
  const reason = "connection termination";
  return { kind: "failed", reason, repeatable: wasClosed ? "afresh" : "never" };
}
