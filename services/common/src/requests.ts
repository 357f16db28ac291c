import { randomUUID } from "node:crypto";

import { type FastifyInstance, type FastifyServerOptions, LogController, fastify } from "fastify";
import type { Logger } from "pino";

import { answerErrors, failureOf } from "./errors.ts";

/**
 * Networks of load balancers that may say whom they speak for. By network and never by number: since fastify 5.12.1 a
 * number trusts nobody, and every visitor would share the balancer's rate limit.
 */
const loadBalancers = "loopback, linklocal, uniquelocal, 100.64.0.0/10";

/** What differs between the services' servers. */
export interface ServerOptions {
  readonly logger: Logger;
  /** Largest request body in bytes; default 64 KiB. Media never passes through a service. */
  readonly bodyLimit?: number;
  /** Path that the router is given instead of a request's own, which stays `request.originalUrl`; default its own. */
  readonly routedPath?: (url: string) => string;
  /** Says what a failure means to a caller; default nothing but what the error itself says. */
  readonly translate?: (error: Error) => Error;
}

/**
 * Makes a server that closes well: it finishes every answer that it began, takes no new connection, and does not wait
 * for idle ones, which would hold it for the 72 seconds of keep-alive after the last answer. A request that arrives on a
 * busy connection meanwhile is answered, and told to go elsewhere with the next one (`connection: close`).
 *
 * Each finished request is one log line with its route, and never with its address: that carries signatures.
 */
export function createServer({
  logger,
  bodyLimit = 64 * 1024,
  routedPath = (url) => url,
  translate = (error) => error,
}: ServerOptions): FastifyInstance {
  const options: FastifyServerOptions = {
    loggerInstance: logger,
    logController: new LogController({
      disableRequestLogging: true,
      requestIdLogLabel: "requestId",
    }),
    trustProxy: loadBalancers,
    bodyLimit,
    return503OnClosing: false,
    rewriteUrl: ({ url = "/" }) => routedPath(url),
    genReqId: () => randomUUID(),
    routerOptions: { ignoreTrailingSlash: false, maxParamLength: 2048 },
    keepAliveTimeout: 72_000,
  };
  // With a logger of pino's own type it is another instance to TypeScript, which no plugin's types take.
  const server = fastify(options) as unknown as FastifyInstance;
  closeWell(server);
  logRequests(server);
  answerErrors(server, translate);
  return server;
}

function closeWell(server: FastifyInstance): void {
  let isClosing = false;
  server.addHook("preClose", (done) => {
    isClosing = true;
    done();
  });
  server.addHook("onResponse", (_request, _reply, done) => {
    // The connection is idle only after this hook.
    if (isClosing) {
      setImmediate(() => {
        server.server.closeIdleConnections();
      });
    }
    done();
  });
}

/** Whether a route is there for whoever watches the service: it is no user's, and answers 503 to say something. */
export const isWatching = (route: string): boolean =>
  /\/(?:health|service-levels|service-levels\/:service)$/.test(route);

function logRequests(server: FastifyInstance): void {
  server.addHook("onResponse", (request, reply, done) => {
    const { method, log, routeOptions } = request;
    const status = reply.statusCode;
    const route = routeOptions.url ?? "none";
    const line = { method, route, status, durationMs: Math.round(reply.elapsedTime) };
    if (status === 503 && isWatching(route) && !route.endsWith("/health"))
      log.debug(line, "request");
    else if (status >= 500) log.error({ ...line, err: failureOf(request) }, "request failed");
    else if (status !== 200 || !isWatching(route)) log.info(line, "request");
    done();
  });
}
