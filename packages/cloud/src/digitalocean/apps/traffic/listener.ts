import type { Server as HttpServer } from "node:http";
import type { Server as HttpsServer } from "node:https";

import { fastify } from "fastify";
import type { FastifyInstance, RawServerBase } from "fastify";

import type { Clock } from "../../../clock.ts";
import { type Listening, listenOnLoopback } from "../../../platform-server.ts";
import { settle } from "../../settle.ts";
import type { Store } from "../../store.ts";
import type { ProgramIngress } from "./program-ingress.ts";
import { answersTo } from "./traffic.ts";
import type { TrafficAnswer } from "./traffic.ts";

const shown = ["component", "instance", "deployment", "digest", "path", "reason"] as const;

function headersOf(answer: TrafficAnswer): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const name of shown) {
    const value = answer[name];
    if (value !== undefined) headers[`x-rehearsal-${name}`] = value;
  }
  if (answer.location !== undefined) headers.location = answer.location;
  return headers;
}

/** Hands the requests to apps that are programs to their own router, before anything is read of them. */
export function servePrograms<Server extends HttpServer | HttpsServer>(
  server: FastifyInstance<Server>,
  ingress: ProgramIngress,
): void {
  server.addHook("onRequest", (request, reply, done) => {
    const [host = ""] = request.host.split(":");
    if (!ingress.answersFor(host)) {
      done();
      return;
    }
    reply.hijack();
    void ingress.serve(request.raw, reply.raw, host);
  });
}

/**
 * Answers the requests to every app, which are told apart by their Host header, as the platform's edge does. Requests go
 * round the instances that the router knows at that moment; the answer's `x-rehearsal-` headers say which component,
 * deployment and image answered. A served request is answered 200, whatever its path, unless its image says otherwise.
 */
export function serveTraffic<Server extends RawServerBase>(
  server: FastifyInstance<Server>,
  store: Store,
  clock: Clock,
): void {
  let turn = 0;
  server.removeAllContentTypeParsers();
  server.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => {
    done(null, body);
  });
  server.all("/*", (request, reply) => {
    const at = clock.now();
    settle(store, at);
    const [host = ""] = request.host.split(":");
    const [path = "/"] = request.url.split("?");
    const answers = answersTo(store, { host, path, at });
    const answer = answers[turn % answers.length];
    turn += 1;
    if (!answer) throw new Error("A request has no answer.");
    return reply
      .code(answer.status)
      .headers(headersOf(answer))
      .send({ status: answer.status, outcome: answer.outcome });
  });
}

/** Listens for requests to every app behind the platform's edge: without TLS, names or redirects. */
export async function startTraffic(
  store: Store,
  clock: Clock,
  ingress: ProgramIngress | undefined,
  port?: number,
): Promise<Listening> {
  const server = fastify({ forceCloseConnections: true });
  if (ingress) servePrograms(server, ingress);
  serveTraffic(server, store, clock);
  return listenOnLoopback(server, port);
}
