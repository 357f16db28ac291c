import type { FastifyInstance, FastifyReply, RouteShorthandOptions } from "fastify";

import { isWatching } from "../requests.ts";
import type { OwnCounts } from "./counts.ts";
import { stepOf } from "./times.ts";
import type { ServiceLevels } from "./verdict.ts";

/** Milliseconds for which an answer counts: checks from several places ask at a time. */
const freshMs = 5000;

/** Seconds after which counts are told, when nobody asks meanwhile. */
const sendSeconds = 5;

/** Service levels, and what is told of them. */
export interface Levels {
  /** How they are now. Asked once every five seconds at most. */
  readonly read: () => Promise<ServiceLevels>;
  /** Tells what this instance counted. */
  readonly send: () => Promise<unknown>;
}

/**
 * Counts every answer but those to whoever watches: failed is what ends with 500 or more. An answer that breaks off is never
 * over for fastify: whoever breaks it off counts it.
 *
 * @param times whether the time of a whole answer is counted too.
 */
export function countRequests(server: FastifyInstance, counts: OwnCounts, times: boolean): void {
  server.addHook("onResponse", (request, reply, done) => {
    if (!isWatching(request.routeOptions.url ?? "")) {
      const now = Date.now() / 1000;
      counts.request(reply.statusCode >= 500, now);
      if (times) counts.time(stepOf(reply.elapsedTime), now);
    }
    done();
  });
}

/**
 * Serves service levels: 200 while every objective is met, 503 otherwise, so that a check from outside needs to understand
 * no more than that. One log line says when that changes.
 *
 * @param options of the route, such as its limit of requests.
 */
export function serveLevels(
  server: FastifyInstance,
  path: string,
  levels: Levels,
  options: RouteShorthandOptions = {},
): void {
  const fresh = keepFresh(levels.read);
  let said: ServiceLevels["status"] = "met";
  const say = (now: ServiceLevels) => {
    if (now.status === said) return;
    said = now.status;
    const missed = now.objectives.filter(({ met }) => !met);
    if (said === "missed") server.log.warn({ objectives: missed }, "service levels missed");
    else server.log.info("service levels met");
  };
  server.get(path, options, async (_request, reply: FastifyReply) => {
    const now = await fresh();
    say(now);
    return reply
      .code(now.status === "met" ? 200 : 503)
      .header("cache-control", "no-store")
      .send(now);
  });
  tellRegularly(server, levels);
}

/** The same answer for five seconds, and one question at a time. */
function keepFresh(read: () => Promise<ServiceLevels>): () => Promise<ServiceLevels> {
  let reading: Promise<ServiceLevels> | undefined;
  let readAt = -Infinity;
  return () => {
    if (reading && performance.now() - readAt < freshMs) return reading;
    readAt = performance.now();
    const asked = read();
    asked.catch(() => (reading = undefined));
    reading = asked;
    return asked;
  };
}

/** Also once more at the end: nobody else knows what this instance counted last. */
function tellRegularly(server: FastifyInstance, { send }: Levels): void {
  const timer = setInterval(() => void send(), sendSeconds * 1000);
  timer.unref();
  server.addHook("onClose", async () => {
    clearInterval(timer);
    await send();
  });
}
