import { randomUUID } from "node:crypto";

import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";

import type { Clock } from "../../clock.ts";
import type { Platform } from "../platform.ts";
import { settle } from "../settle.ts";
import { authenticate, authorize } from "./authentication.ts";
import {
  ApiError,
  ForeignError,
  badRequest,
  notFound,
  notImplemented,
  tooManyRequests,
} from "./errors.ts";
import { createRateLimiter } from "./rate-limit.ts";
import type { RateLimiter } from "./rate-limit.ts";
import type { Router } from "./router.ts";

/** An error as DigitalOcean writes it. */
function errorText(id: string, message: string): string {
  return JSON.stringify({ id, message, request_id: randomUUID() });
}

const ids: Record<number, string> = { 429: "too_many_requests", 500: "server_error" };

/** The error of a status, for those that a fault causes. */
export function errorBody(status: number, message: string) {
  return { contentType: "application/json", body: errorText(ids[status] ?? "error", message) };
}

interface Service {
  readonly platform: Platform;
  readonly clock: Clock;
  readonly limiter: RateLimiter;
  /** What has to be brought to the account's state before an answer tells of it. */
  readonly servers: Convergent | undefined;
}

/** Something that follows the account's state. */
interface Convergent {
  converge(): Promise<void>;
}

function admit(request: FastifyRequest, reply: FastifyReply, service: Service, at: Date) {
  const { platform, limiter } = service;
  const token = authenticate(request.headers.authorization, platform.store.tokens);
  const { limit, remaining, reset, exceeded } = limiter.count(token.value, at);
  reply.headers({
    "ratelimit-limit": String(limit),
    "ratelimit-remaining": String(remaining),
    "ratelimit-reset": String(reset),
  });
  if (exceeded) {
    const seconds = Math.max(1, reset - Math.floor(at.getTime() / 1000));
    reply.header("retry-after", String(Math.min(seconds, 60)));
    throw tooManyRequests();
  }
  return token;
}

async function answer(
  request: FastifyRequest,
  reply: FastifyReply,
  router: Router,
  service: Service,
) {
  const { platform, clock, servers } = service;
  const at = clock.now();
  settle(platform.store, at);
  const token = admit(request, reply, service, at);
  const [path = ""] = request.url.split("?");
  const match = router(request.method, path);
  if (!match) throw notImplemented(`${request.method} ${path}`);
  authorize(token, match.endpoint.scope);
  const origin = `${request.protocol}://${request.host}`;
  const { query, body } = request;
  const url = `${origin}${path}`;
  const { params } = match;
  const { status, body: content } = match.endpoint.answer({
    platform,
    at,
    params,
    query,
    body,
    url,
    origin,
  });
  await servers?.converge();
  return reply.code(status).send(content);
}

/** JSON bodies; an empty one is no body, as clients send it with POST calls that take none. */
function parseJson(server: FastifyInstance): void {
  server.removeContentTypeParser("application/json");
  server.addContentTypeParser("application/json", { parseAs: "string" }, (_request, body, done) => {
    const text = body.toString();
    if (text.trim() === "") {
      done(null, undefined);
      return;
    }
    try {
      done(null, JSON.parse(text));
    } catch {
      done(badRequest("error parsing request body"));
    }
  });
}

const toApiError = (error: unknown, call: string, findings: string[]): ApiError => {
  if (error instanceof ApiError) return error;
  const message = error instanceof Error ? error.message : String(error);
  findings.push(`${call}: ${message}`);
  const status = error instanceof Error && "statusCode" in error ? error.statusCode : 500;
  return typeof status === "number" && status < 500
    ? new ApiError(status, "bad_request", message)
    : new ApiError(500, "server_error", "Unexpected server-side error");
};

function answerErrors(server: FastifyInstance, { findings }: Platform): void {
  server.setErrorHandler((error, request, reply) => {
    const [path = ""] = request.url.split("?");
    if (error instanceof ForeignError) {
      return reply.code(error.status).header("content-type", error.contentType).send(error.body);
    }
    const { status, id, message } = toApiError(error, `${request.method} ${path}`, findings);
    if (status === 501) findings.push(message);
    return reply
      .code(status)
      .header("content-type", "application/json")
      .send(errorText(id, message));
  });
  server.setNotFoundHandler(() => {
    throw notFound();
  });
}

/**
 * Serves the API: authentication, rate limit and scope before every call, errors in the vendor's shape after it. A call
 * that is not played is answered 501 and kept as a finding, like every error that is the rehearsal's own.
 *
 * @param options.servers what is brought to the account's state before an answer tells of it; undefined for nothing.
 * @returns what counts the requests of each token.
 */
export function serveEndpoints(
  server: FastifyInstance,
  router: Router,
  platform: Platform,
  { clock, servers }: Pick<Service, "clock" | "servers">,
): RateLimiter {
  const service = { platform, clock, servers, limiter: createRateLimiter() };
  server.addHook("onRequest", (_request, reply, done) => {
    reply.header("x-request-id", randomUUID());
    done();
  });
  parseJson(server);
  answerErrors(server, platform);
  server.all("/v2/*", (request, reply) => answer(request, reply, router, service));
  return service.limiter;
}
