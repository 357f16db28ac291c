import { createServer } from "@mam-services/common/requests";
import type { FastifyInstance } from "fastify";
import type { Logger } from "pino";

/** Milliseconds without an answer of Valkey after which a restart is worth a try: a failover takes less. */
const longestSilence = 300_000;

/**
 * Milliseconds in which a job neither ends nor gets on after which a restart is worth a try. Whatever stands still is given
 * up earlier by itself; this is for what does not.
 */
const longestStandstill = 900_000;

/** What a worker knows of itself. */
export class Health {
  readonly #now: () => number;
  readonly #jobs = new Map<string, number>();
  #reachedAt: number;

  /** @param now milliseconds of a clock that only goes forward. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
    this.#reachedAt = now();
  }

  /** Valkey answered. */
  reached(): void {
    this.#reachedAt = this.#now();
  }

  /** A job, named by its entry, begins or gets on. */
  alive(entry: string): void {
    this.#jobs.set(entry, this.#now());
  }

  /** A job ended, however it did. */
  ended(entry: string): void {
    this.#jobs.delete(entry);
  }

  /** What holds and what does not, by name. */
  get checks(): { readonly valkey: "ok" | "away"; readonly jobs: "ok" | "stuck" } {
    const isOverdue = (since: number, limit: number) => this.#now() - since > limit;
    const isStuck = [...this.#jobs.values()].some((since) => isOverdue(since, longestStandstill));
    return {
      valkey: isOverdue(this.#reachedAt, longestSilence) ? "away" : "ok",
      jobs: isStuck ? "stuck" : "ok",
    };
  }
}

/** Who answers. */
export interface HealthServer {
  readonly logger: Logger;
  readonly release: string;
  readonly host: string;
  readonly port: number;
}

/** Serves `GET /health`: 200 while the worker works, 503 when only a restart may help. */
export async function serveHealth(
  health: Health,
  { logger, release, host, port }: HealthServer,
): Promise<FastifyInstance> {
  const server = createServer({ logger });
  server.get("/health", (_request, reply) => {
    const { checks } = health;
    const isWell = checks.valkey === "ok" && checks.jobs === "ok";
    const status = isWell ? "ok" : "failing";
    return reply.status(isWell ? 200 : 503).send({ status, service: "worker", release, checks });
  });
  await server.listen({ host, port });
  return server;
}
