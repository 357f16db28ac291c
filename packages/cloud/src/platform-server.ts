import { Readable } from "node:stream";

import { fastify } from "fastify";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";

import { canonical } from "./canonical.ts";
import type { GeneratedText } from "./canonical.ts";
import type { Clock } from "./clock.ts";
import { faultSchema } from "./faults.ts";
import type { Fault, Faults } from "./faults.ts";
import type { RequestLog, PlatformName } from "./request-log.ts";

/** What all platforms of one rehearsal share. */
export interface CloudContext {
  readonly clock: Clock;
  readonly requestLog: RequestLog;
  readonly faults: Faults;
}

/** What differs between the platforms' servers. */
export interface PlatformServerOptions {
  /** The platform's whole state as plain data; secrets left out. */
  readonly dump: () => unknown;
  /** An error as the platform writes it, for the errors that faults cause. */
  readonly errorBody: (status: number, message: string) => { contentType: string; body: string };
  /** Kinds of generated text in the state beside UUIDs; see {@link canonical}. */
  readonly generated?: readonly GeneratedText[];
}

const actions = new WeakMap<FastifyRequest, string>();

/** Names the operation that a request turned out to be, for the request log; the S3 path alone does not say it. */
export function nameAction(request: FastifyRequest, action: string): void {
  actions.set(request, action);
}

const isOwn = (path: string) => path.startsWith("/__");

const splitUrl = (url: string): { path: string; query: string } => {
  const at = url.indexOf("?");
  return at < 0 ? { path: url, query: "" } : { path: url.slice(0, at), query: url.slice(at + 1) };
};

const withoutSignatures = (query: string) =>
  query.replace(/(X-Amz-(?:Signature|Credential|Security-Token)=)[^&]*/gi, "$1redacted");

const arrivals = new WeakMap<FastifyRequest, string>();

function record(
  request: FastifyRequest,
  status: number,
  platform: PlatformName,
  { clock, requestLog }: CloudContext,
): void {
  const { path, query } = splitUrl(request.url);
  if (isOwn(path)) return;
  const action = actions.get(request);
  requestLog.record({
    at: arrivals.get(request) ?? clock.now().toISOString(),
    platform,
    caller: /^\S+/.exec(request.headers["user-agent"] ?? "")?.[0] ?? "unknown",
    method: request.method,
    path,
    query: withoutSignatures(query),
    status,
    ...(action === undefined ? {} : { action }),
  });
}

function answer500(reply: FastifyReply, options: PlatformServerOptions): string {
  return answerError(reply, options, 500, "Server was unable to give you a response.");
}

function answerError(
  reply: FastifyReply,
  { errorBody }: PlatformServerOptions,
  status: number,
  message: string,
): string {
  const { contentType, body } = errorBody(status, message);
  reply.code(status).header("content-type", contentType).removeHeader("content-length");
  return body;
}

interface Meeting {
  readonly fault: Fault;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly context: CloudContext;
  readonly options: PlatformServerOptions;
}

const beforeEffect: Partial<Record<Fault["kind"], (meeting: Meeting) => unknown>> = {
  "rate-limited": ({ fault, reply, options }) => {
    const { contentType, body } = options.errorBody(429, "API Rate limit exceeded.");
    return reply
      .code(429)
      .header("retry-after", String(fault.seconds ?? 1))
      .header("content-type", contentType)
      .send(body);
  },
  "error-before-effect": ({ reply, options }) => reply.send(answer500(reply, options)),
  slow: ({ fault, context }) => context.clock.sleep(fault.seconds ?? 30),
  down: ({ reply }) => {
    reply.raw.destroy();
    return reply.hijack();
  },
};

/** What was answered to each GET the last time, as far as it was text. */
class EarlierAnswers {
  readonly #answers = new Map<string, { status: number; type: string; text: string }>();

  /** Keeps an answer, and gives it back. */
  keep(request: FastifyRequest, reply: FastifyReply, payload: unknown): unknown {
    const isAnswer = reply.statusCode < 300 || reply.statusCode === 404;
    if (request.method === "GET" && isAnswer && typeof payload === "string") {
      const type = String(reply.getHeader("content-type") ?? "application/json");
      this.#answers.set(request.url, { status: reply.statusCode, type, text: payload });
    }
    return payload;
  }

  /** What was answered the last time; before anybody asked, there was nothing. */
  answer(request: FastifyRequest, reply: FastifyReply, options: PlatformServerOptions): string {
    const known = this.#answers.get(request.url);
    if (!known)
      return answerError(
        reply,
        options,
        404,
        "The resource you were accessing could not be found.",
      );
    reply.code(known.status).header("content-type", known.type).removeHeader("content-length");
    return known.text;
  }
}

function playFaults(
  server: FastifyInstance,
  platform: PlatformName,
  context: CloudContext,
  options: PlatformServerOptions,
): void {
  const afterEffect = new WeakMap<FastifyRequest, Fault["kind"]>();
  const earlier = new EarlierAnswers();
  server.addHook("onRequest", async (request, reply) => {
    arrivals.set(request, context.clock.now().toISOString());
    const { path } = splitUrl(request.url);
    const fault = isOwn(path) ? undefined : context.faults.take(platform, request.method, path);
    if (!fault) return;
    const effect = beforeEffect[fault.kind];
    if (!effect) afterEffect.set(request, fault.kind);
    await effect?.({ fault, request, reply, context, options });
    if (fault.kind === "down") record(request, 0, platform, context);
  });
  // Later than the others: what was sent has to be known.
  server.addHook("preHandler", (request, reply, done) => {
    if (afterEffect.get(request) !== "request-repeated") {
      done();
      return;
    }
    const { authorization = "" } = request.headers;
    // A body that is still on its way is not repeated.
    const body = request.body instanceof Readable ? null : (request.body ?? null);
    const sent = `cannot be processed: ${JSON.stringify(body)}, ${authorization}`;
    reply.send(answerError(reply, options, 422, sent));
  });
  server.addHook("onSend", (request, reply, payload, done) => {
    const isStale = afterEffect.get(request) === "stale";
    done(
      null,
      isStale ? earlier.answer(request, reply, options) : earlier.keep(request, reply, payload),
    );
  });
  // The request log is written before the answer leaves, so that a caller who has the answer finds it there.
  server.addHook("onSend", (request, reply, payload, done) => {
    const kind = afterEffect.get(request);
    const answer = kind === "error-after-effect" ? answer500(reply, options) : payload;
    record(request, kind === "dropped-connection" ? 0 : reply.statusCode, platform, context);
    if (kind === "dropped-connection") reply.raw.destroy();
    done(null, answer);
  });
}

function serveInspection(
  server: FastifyInstance,
  { requestLog, faults }: CloudContext,
  { dump, generated }: PlatformServerOptions,
): void {
  server.get("/__state", () => canonical(dump(), generated));
  server.get("/__ledger", () => requestLog.entries());
  server.put("/__faults", (request, reply) => {
    const list = z.array(faultSchema).safeParse(request.body);
    if (!list.success) return reply.code(400).send({ error: z.prettifyError(list.error) });
    faults.clear();
    list.data.forEach((fault) => {
      faults.add(fault);
    });
    return { faults: list.data };
  });
  server.delete("/__faults", (_request, reply) => {
    faults.clear();
    return reply.code(204).send();
  });
}

/**
 * The part that the servers of all platforms have in common: the request log, faults on demand, and the addresses under
 * `/__` by which a person or a scenario looks inside (`GET /__state`, `GET /__ledger`, `PUT` and `DELETE /__faults`).
 * Those addresses are neither recorded nor broken by faults.
 *
 * The caller adds the platform's routes and its error and not-found handlers, then calls {@link listenOnLoopback}.
 */
export function createPlatformServer(
  platform: PlatformName,
  context: CloudContext,
  options: PlatformServerOptions,
): FastifyInstance {
  const server = fastify({
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 2048 },
  });
  playFaults(server, platform, context, options);
  serveInspection(server, context, options);
  return server;
}

/** A server that answers. */
export interface Listening {
  /** Without a trailing slash. */
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Starts a server on 127.0.0.1: nothing that is served here can be reached from another machine.
 *
 * @param port default: a free one.
 * @throws an error with the code `EADDRINUSE` when another program listens there.
 */
export async function listenOnLoopback(server: FastifyInstance, port = 0): Promise<Listening> {
  const url = await server.listen({ host: "127.0.0.1", port });
  return { url, close: () => server.close() };
}
