import { ApiError, ForeignError, notImplemented } from "./api/errors.ts";
import { RecordedMetrics } from "./insights/metrics/recorded.ts";
import { router } from "./endpoints.ts";
import { createDigitalOceanStore } from "./seed.ts";
import type { DigitalOceanSeed } from "./seed.ts";
import { settle } from "./settle.ts";
import type { Store } from "./store.ts";

/** A request to the API, without the HTTP around it: no token, no limit of requests, no faults. */
export interface DirectRequest {
  readonly method: string;
  /** Path without its query: `/v2/apps`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
}

/** What was answered, as it would be written: no field is undefined, and a date is a text. */
export interface DirectReply {
  readonly status: number;
  readonly body: unknown;
}

/** Address that links in answers begin with. */
const origin = "http://127.0.0.1";

/**
 * An account without a server, for whoever makes many requests at a known time. Everything behind the HTTP is the same
 * code: the router, the strict reading of query and body, the handlers, what time brings.
 */
export class DirectAccount {
  #store: Store;
  #now: number;
  readonly #findings: string[] = [];
  readonly #recorded = new RecordedMetrics();

  /** @param at virtual time of the beginning; it passes only by {@link pass}. */
  constructor(seed: DigitalOceanSeed, at: Date) {
    this.#store = createDigitalOceanStore(seed, at);
    this.#now = at.getTime();
  }

  /** Lets virtual seconds pass. */
  pass(seconds: number): void {
    this.#now += seconds * 1000;
  }

  /** Keeps the account as it is. @returns what brings it back to that, as often as it is called. */
  keep(): () => void {
    const [store, now] = [structuredClone(this.#store), this.#now];
    return () => {
      [this.#store, this.#now] = [structuredClone(store), now];
    };
  }

  /** Asks the API. @throws what is no answer: an error of the cloud itself. */
  ask(request: DirectRequest): DirectReply {
    try {
      const { status, body } = this.#answer(request);
      return { status, body: body === undefined ? undefined : JSON.parse(JSON.stringify(body)) };
    } catch (error) {
      if (error instanceof ForeignError) return { status: error.status, body: error.body };
      if (!(error instanceof ApiError)) throw error;
      return { status: error.status, body: { id: error.id, message: error.message } };
    }
  }

  #answer({ method, path, query = {}, body }: DirectRequest) {
    const at = new Date(this.#now);
    settle(this.#store, at);
    const match = router(method, path);
    if (!match) throw notImplemented(`${method} ${path}`);
    const platform = { store: this.#store, findings: this.#findings, recorded: this.#recorded };
    const { params } = match;
    const url = `${origin}${path}`;
    return match.endpoint.answer({ platform, at, params, query, body, url, origin });
  }
}
