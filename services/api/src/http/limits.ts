import rateLimit from "@fastify/rate-limit";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Redis } from "iovalkey";

import { countsIn } from "./counts.ts";
import { normalEmail } from "../sessions/accounts.ts";
import { RequestError } from "@mam-services/common/errors";

/** Requests of one client address within a window. */
export interface RateLimit {
  readonly max: number;
  /** Milliseconds. */
  readonly timeWindow: number;
}

/**
 * Attempts at one account from one address, each minute: enough for a person who tries all their passwords, and 600 an
 * hour for a program that guesses. By account and address, so that nobody locks somebody else out, nor an office itself.
 */
const signIns = { max: 10, timeWindow: 60_000 };

/** What the page is told about a limit; across origins it may read only what is exposed. */
export const limitHeaders = [
  "retry-after",
  "x-ratelimit-limit",
  "x-ratelimit-remaining",
  "x-ratelimit-reset",
];

const tooMany = (seconds: number) =>
  new RequestError(429, "too-many-requests", `Too many requests. Try again in ${seconds} seconds.`);

/**
 * Limits every route, counted in Valkey and so over all instances. While Valkey is away nothing is limited: serving
 * without a limit is better than not serving.
 *
 * @param valkey a client of its own, which fails at once instead of waiting (see `createValkey`).
 */
export async function limitRequests(
  server: FastifyInstance,
  valkey: Redis,
  everything: RateLimit,
): Promise<void> {
  await server.register(rateLimit, {
    ...everything,
    store: countsIn(valkey, "api:limits:"),
    skipOnError: true,
    errorResponseBuilder: (_request, { ttl }) => tooMany(Math.ceil(ttl / 1000)),
  });
}

/** A handler that limits attempts to sign in, beside the limit of everything. */
export function signInLimit(server: FastifyInstance) {
  const count = server.createRateLimit({
    ...signIns,
    keyGenerator: (request) => `sign-in:${emailOf(request)}:${request.ip}`,
  });
  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const result = await count(request);
    if (result.isAllowed || !result.isExceeded) return;
    void reply.header("retry-after", result.ttlInSeconds);
    throw tooMany(result.ttlInSeconds);
  };
}

function emailOf({ body }: FastifyRequest): string {
  const { email } = (body ?? {}) as { email?: unknown };
  return typeof email === "string" ? normalEmail(email).slice(0, 254) : "";
}
