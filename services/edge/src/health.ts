import { setTimeout as after } from "node:timers/promises";

import type { FastifyInstance } from "fastify";

/** Milliseconds for which an answer of storage counts: readiness, liveness and uptime checks ask in turns. */
const freshMs = 5000;

/** Milliseconds that a check waits for storage; the platform waits 3 seconds for the check. */
const patienceMs = 2000;

/** How storage was when it was last asked. */
export type StorageState =
  | "ok"
  /** It answers, and refuses the edge: a wrong key, a bucket that is not there. */
  | "refused"
  /** It does not answer, or fails. */
  | "away";

/** What a health check is answered. */
export interface Health {
  /** Whether this instance can serve. */
  readonly isReady: boolean;
  readonly storage: StorageState;
}

/**
 * Judges health. An instance is ready once storage has let it in; from then on only a refusal is its own fault. While
 * storage is away it stays ready, and says so: it still serves what it keeps, and restarting every instance mends nothing.
 */
export function judgeHealth(storage: StorageState, wasIn: boolean): Health {
  return { isReady: storage === "ok" || (storage === "away" && wasIn), storage };
}

/** The state that an error of storage stands for. */
export function storageStateOf(error: unknown): Exclude<StorageState, "ok"> {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  const status = (cause as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;
  return status !== undefined && status >= 400 && status < 500 ? "refused" : "away";
}

/** Asks storage how it is, seldom enough however often health is asked for. */
export class StorageHealth {
  readonly #probe: () => Promise<void>;
  #asking: Promise<StorageState> | undefined;
  #last: StorageState = "away";
  #askedAt = -Infinity;
  #wasIn = false;

  /** @param probe asks storage; throws when it is away or refuses. */
  constructor(probe: () => Promise<void>) {
    this.#probe = probe;
  }

  /** How it is now. */
  async check(): Promise<Health> {
    if (performance.now() - this.#askedAt > freshMs) this.#asking ??= this.#ask();
    const waited = new AbortController();
    const late = after(patienceMs, "away" as const, { signal: waited.signal });
    late.catch(() => undefined);
    const state = await Promise.race([this.#asking ?? this.#last, late]);
    waited.abort();
    return judgeHealth(state, this.#wasIn);
  }

  async #ask(): Promise<StorageState> {
    this.#last = await this.#probe().then(() => "ok" as const, storageStateOf);
    this.#wasIn ||= this.#last === "ok";
    this.#askedAt = performance.now();
    this.#asking = undefined;
    return this.#last;
  }
}

/** Serves `/health`. */
export function serveHealth(
  server: FastifyInstance,
  storage: StorageHealth,
  release: string,
): void {
  server.get("/health", async (_request, reply) => {
    const health = await storage.check();
    const status = !health.isReady ? "failing" : health.storage === "ok" ? "ok" : "degraded";
    return reply
      .code(health.isReady ? 200 : 503)
      .header("cache-control", "no-store")
      .send({ status, service: "edge", release, checks: { storage: health.storage } });
  });
}
