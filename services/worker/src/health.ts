import { createServer } from "@mam-services/common/requests";
import type { FastifyInstance } from "fastify";
import type { Logger } from "pino";

/** Milliseconds without an answer of Valkey after which a restart is worth a try: a failover takes less. */
const longestSilence = 300_000;

/** What a worker knows of itself. */
export class Health {
  #reachedAt = performance.now();

  /** Valkey answered. */
  reached(): void {
    this.#reachedAt = performance.now();
  }

  /** Milliseconds since Valkey answered last. */
  get silence(): number {
    return performance.now() - this.#reachedAt;
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
    const valkey = health.silence < longestSilence ? "ok" : "away";
    const status = valkey === "ok" ? "ok" : "failing";
    return reply
      .status(status === "ok" ? 200 : 503)
      .send({ status, service: "worker", release, checks: { valkey } });
  });
  await server.listen({ host, port });
  return server;
}
