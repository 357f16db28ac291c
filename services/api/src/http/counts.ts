import type { FastifyRateLimitStore, FastifyRateLimitStoreCtor } from "@fastify/rate-limit";
import type { Redis } from "iovalkey";

import { type Count, type CountRequest, countTogether } from "./count-together.ts";

/** What is known of a client's window. */
interface Window {
  /** Its end, in milliseconds since 1970. */
  until: number;
  /** The last count that Valkey told. */
  seen: number;
  /** Requests that wait for Valkey. */
  waiting: number;
  /** The count of the next request, where it was counted ahead; 0 otherwise. */
  ahead: number;
}

interface Limit {
  /** Milliseconds of a window. */
  readonly length: number;
  readonly max: number;
}

/** The route that a limit is of. */
interface Route {
  readonly method?: string;
  readonly url?: string;
}

/** Clients whose window is remembered, for each limit. */
const remembered = 10_000;

/** Milliseconds after a client's request in which its next one is counted ahead, with those of all other clients. */
const aheadMs = 50;

/** Smaller limits are never counted ahead: one of their few requests could go unused. */
const leastMax = 100;

/**
 * Counts requests in Valkey, over all instances, exactly: never more are let through than the limit. Most do not wait for
 * it all the same: below half of its limit, the next request of a client who is quiet now is counted ahead, those of all
 * clients together. Waiting is a seventh of the time of a list, and counting each by itself a tenth of the processor's
 * (`npm run bench:platform -- api`).
 *
 * What an instance counted ahead and never sees is lost to the client: one request of a window.
 */
export function countsIn(valkey: Redis, nameSpace: string): FastifyRateLimitStoreCtor {
  const together = countTogether(valkey);
  return class Store implements FastifyRateLimitStore {
    #counts = new Counts(together, nameSpace);

    incr(
      key: string,
      done: Parameters<FastifyRateLimitStore["incr"]>[1],
      length = 0,
      max = 0,
    ): void {
      const count = this.#counts.next(key, { length, max });
      if (!(count instanceof Promise)) done(null, count);
      else
        count.then(
          (counted) => {
            done(null, counted);
          },
          (error: unknown) => {
            done(error as Error);
          },
        );
    }

    child(options: object): Store {
      // Its type does not have it (11.2.0); a limit that belongs to no route has an empty one.
      const { routeInfo } = options as { readonly routeInfo: Route };
      const child = new Store();
      const route = `${routeInfo.method ?? ""}${routeInfo.url ?? ""}-`;
      child.#counts = new Counts(together, nameSpace + route);
      return child;
    }
  };
}

/** The windows of clients in one limit. */
class Counts {
  readonly #countRequest: CountRequest;
  readonly #prefix: string;
  /** The one that was used least lately first. */
  readonly #windows = new Map<string, Window>();
  readonly #quiet = new Map<string, { readonly window: Window; readonly limit: Limit }>();

  constructor(countRequest: CountRequest, prefix: string) {
    this.#countRequest = countRequest;
    this.#prefix = prefix;
  }

  /** Counts a request; a promise where Valkey has to be waited for. @throws what Valkey says when it is away. */
  next(key: string, limit: Limit): Count | Promise<Count> {
    const window = this.#current(key, limit);
    const current = window.ahead;
    if (current === 0) return this.#wait(key, window, limit);
    window.ahead = 0;
    this.#countAheadSoon(key, window, limit);
    return { current, ttl: window.until - Date.now() };
  }

  async #wait(key: string, window: Window, limit: Limit): Promise<Count> {
    window.waiting += 1;
    try {
      const count = await this.#count(key, window, limit);
      this.#countAheadSoon(key, window, limit);
      return count;
    } finally {
      window.waiting -= 1;
    }
  }

  #countAheadSoon(key: string, window: Window, limit: Limit): void {
    if (limit.max < leastMax) return;
    if (this.#quiet.size === 0) setTimeout(() => void this.#countAhead(), aheadMs).unref();
    this.#quiet.set(key, { window, limit });
  }

  /** What fails here is counted when it comes: Valkey's client says in the log that it is away. */
  async #countAhead(): Promise<void> {
    const quiet = [...this.#quiet].filter(
      ([, { window, limit }]) =>
        window.waiting === 0 && window.ahead === 0 && window.seen < limit.max / 2,
    );
    this.#quiet.clear();
    await Promise.allSettled(
      quiet.map(async ([key, { window, limit }]) => {
        const { current } = await this.#count(key, window, limit);
        window.ahead = current;
      }),
    );
  }

  async #count(key: string, window: Window, { length }: Limit): Promise<Count> {
    const count = await this.#countRequest(this.#prefix + key, length);
    window.seen = count.current;
    window.until = Date.now() + count.ttl;
    return count;
  }

  /** The window that a client is in, a new one where there is none or it has ended. */
  #current(key: string, { length }: Limit): Window {
    const now = Date.now();
    const found = this.#windows.get(key);
    const isOpen = found !== undefined && found.until > now;
    const window = isOpen ? found : { until: now + length, seen: 0, waiting: 0, ahead: 0 };
    this.#windows.delete(key);
    this.#windows.set(key, window);
    const [oldest] = this.#windows.keys();
    if (this.#windows.size > remembered && oldest !== undefined) this.#windows.delete(oldest);
    return window;
  }
}
