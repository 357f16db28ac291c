import type { FastifyRateLimitStore, FastifyRateLimitStoreCtor } from "@fastify/rate-limit";
import type { Redis } from "iovalkey";

/** What is known of a client's window. */
interface Window {
  /** At least what this instance counted, those included that Valkey has not answered yet. */
  count: number;
  /** Its end, in milliseconds since 1970. */
  until: number;
  /** Whether Valkey has said what others counted. */
  known: boolean;
}

/** The route that a limit is of. */
interface Route {
  readonly method?: string;
  readonly url?: string;
}

type Done = Parameters<FastifyRateLimitStore["incr"]>[1];

/** Clients whose window is remembered, for each limit. */
const remembered = 10_000;

/** Limits below this are always exact: those are of what is dear, such as passwords that somebody guesses. */
const leastToForesee = 100;

/**
 * Counts requests in Valkey, over all instances, and does not wait for it where the answer is known: a client below half of
 * a large limit is let through at once, and counted meanwhile. Waiting for Valkey is a seventh of the time of a list
 * (`npm run bench:platform -- api`).
 *
 * From half of the limit on every request waits, so one instance never lets more through than the limit. What others let
 * through is learnt with each count: one that has not learnt of it yet lets at most half of the limit too many through.
 */
export function countsIn(valkey: Redis, nameSpace: string): FastifyRateLimitStoreCtor {
  return class Counts implements FastifyRateLimitStore {
    readonly #windows = new Map<string, Window>();
    #prefix = nameSpace;

    incr(key: string, done: Done, length = 0, max = 0): void {
      const now = Date.now();
      const window = this.#current(key, now, length);
      window.count += 1;
      const counted = count(valkey, this.#prefix + key, length);
      counted.then(
        ([current, ttl]) => {
          const count = Math.max(window.count, current);
          Object.assign(window, { count, until: Date.now() + ttl, known: true });
        },
        () => {
          // Nothing is limited while Valkey is away; its client says so in the log.
        },
      );
      if (max >= leastToForesee && window.known && window.count <= max / 2) {
        done(null, { current: window.count, ttl: window.until - now });
      } else {
        counted.then(
          ([current, ttl]) => {
            done(null, { current, ttl });
          },
          (error: unknown) => {
            done(error as Error);
          },
        );
      }
    }

    child(options: object): Counts {
      // Its type does not have it (11.2.0); a limit that belongs to no route has an empty one.
      const { routeInfo } = options as { readonly routeInfo: Route };
      const child = new Counts();
      child.#prefix = `${this.#prefix}${routeInfo.method ?? ""}${routeInfo.url ?? ""}-`;
      return child;
    }

    /** The window that a client is in, a new one where there is none or it has ended. */
    #current(key: string, now: number, length: number): Window {
      const found = this.#windows.get(key);
      const isOpen = found !== undefined && found.until > now;
      const window = isOpen ? found : { count: 0, until: now + length, known: false };
      this.#windows.delete(key);
      this.#windows.set(key, window);
      const [oldest] = this.#windows.keys();
      if (this.#windows.size > remembered && oldest !== undefined) this.#windows.delete(oldest);
      return window;
    }
  };
}

/** Counts one more. @returns how many they are in the window, and the milliseconds until it ends */
async function count(valkey: Redis, key: string, length: number): Promise<[number, number]> {
  const results = await valkey.multi().incr(key).pexpire(key, length, "NX").pttl(key).exec();
  const [[, current] = [], , [, ttl] = []] = results ?? [];
  if (typeof current !== "number" || typeof ttl !== "number")
    throw new Error("Valkey did not count a request");
  return [current, ttl];
}
