import { randomUUID } from "node:crypto";

import { type FastifyInstance, type FastifyServerOptions, LogController, fastify } from "fastify";
import type { Logger } from "pino";

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
}

/**
 * Makes a server that closes well: it finishes every answer that it began, takes no new connection, and does not wait
 * for idle ones, which would hold it for the 72 seconds of keep-alive after the last answer.
 *
 * Each finished request is one log line with its route, and never with its address: that carries signatures.
 */
export function createServer({ logger, bodyLimit = 64 * 1024 }: ServerOptions): FastifyInstance {
  const options: FastifyServerOptions = {
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: loadBalancers,
    bodyLimit,
    genReqId: () => randomUUID(),
    routerOptions: { ignoreTrailingSlash: false, maxParamLength: 2048 },
    keepAliveTimeout: 72_000,
  };
  const server = fastify(options) as unknown as FastifyInstance;
  closeWell(server);
  logRequests(server);
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

function logRequests(server: FastifyInstance): void {
  server.addHook("onResponse", (request, reply, done) => {
    const { method, id, log, routeOptions } = request;
    const line = {
      requestId: id,
      method,
      route: routeOptions.url ?? "none",
      status: reply.statusCode,
      durationMs: Math.round(reply.elapsedTime),
    };
    if (reply.statusCode >= 500) log.error(line, "request failed");
    else log.info(line, "request");
    done();
  });
}
