import type { Agent } from "undici";
import { z } from "zod";

import type { Endpoint } from "./digitalocean/endpoint.ts";
import {
  endpoints,
  type Answer,
  type Body,
  type EndpointName,
  type PathParameters,
} from "./digitalocean/endpoints.ts";
import { DigitalOceanError } from "./digitalocean/error.ts";
import {
  type Call,
  type Query,
  type RateLimit,
  type Reply,
  clockAheadOf,
  damage,
  headerOf,
  parseJson,
  rateLimitOf,
} from "./digitalocean/reply.ts";
import { isPassing, refusal } from "./digitalocean/refusal.ts";
import { messageOf } from "./message.ts";
import { connectionFailure } from "./connection-failure.ts";
import { packages } from "./packages.ts";
import type { WayOut } from "./proxy/way-out.ts";
import { type CallTimeout, longestSeconds, withTimeout } from "./call-timeout.ts";
import { DEFAULT_RETRIES, waitBeforeRetry, type RetrySettings, type Sleep } from "./retry.ts";

/** How long to wait for an answer by default. An apply's calls answer within seconds. */
const DEFAULT_TIMEOUT_SECONDS = 60;

/** From how many seconds on a pause is said. */
const worthSaying = 10;

/** What a client of the DigitalOcean API is made of. Nothing is read from the environment. */
export interface DigitalOceanOptions extends CallTimeout {
  /** Base address, `https://api.digitalocean.com`; paths begin with /v2. */
  readonly endpoint: string;
  readonly token: string;
  /** Names the caller in the platform's logs. */
  readonly userAgent: string;
  /** The way out of this network; directly without it. */
  readonly way?: WayOut;
  /** How to wait between attempts, in seconds. A rehearsal passes its virtual clock's. */
  readonly sleep: Sleep;
  /** @defaultValue {@link DEFAULT_RETRIES} */
  readonly retry?: RetrySettings;
  /** How long to wait for an answer, in seconds of the wall clock. @defaultValue 60 */
  readonly timeoutSeconds?: number;
  /** Is told every body that is sent and every answer: there may be secrets in it that no text may repeat. */
  readonly hear?: (said: unknown) => void;
}

/** What a call takes besides its path: a body where it has one, and a query. */
export type Content<Name extends EndpointName> = [Body<Name>] extends [never]
  ? readonly [content?: { readonly query?: Query }]
  : readonly [content: { readonly body: Body<Name>; readonly query?: Query }];

/** A client of the DigitalOcean API. */
export interface DigitalOcean {
  /**
   * Makes a call of the table in `digitalocean/endpoints.ts`.
   *
   * @throws DigitalOceanError when the API refuses or gives no usable answer.
   */
  call<Name extends EndpointName>(
    name: Name,
    parameters: PathParameters<Name>,
    ...content: Content<Name>
  ): Promise<Answer<Name>>;
  /** What the last answer said about the rate limit; undefined before the first answer. */
  rateLimit(): RateLimit | undefined;
  /** Seconds that this machine's clock is ahead, by the last answer; undefined before the first answer. */
  clockAhead(): number | undefined;
  /** Ends the connections. */
  close(): Promise<void>;
}

function callOf(
  name: EndpointName,
  parameters: Readonly<Record<string, string | number>>,
  content: { readonly body?: unknown; readonly query?: Query } = {},
): Call {
  const endpoint: Endpoint = endpoints[name];
  const path = endpoint.path.replace(/\{(\w+)\}/g, (_, key: string) =>
    // The colons of a URN stay as they are, as godo 1.239.0 sends them.
    encodeURIComponent(String(parameters[key])).replaceAll("%3A", ":"),
  );
  const body =
    endpoint.request === undefined
      ? undefined
      : JSON.stringify(endpoint.request.parse(content.body));
  const { method, explains = {} } = endpoint;
  return { method, path, query: content.query ?? {}, body, explains };
}

class DigitalOceanClient implements DigitalOcean {
  readonly #options: DigitalOceanOptions;
  readonly #agent: Agent;
  #rateLimit: RateLimit | undefined;
  #clockAhead: number | undefined;

  constructor(options: DigitalOceanOptions) {
    const timeout = (options.timeoutSeconds ?? DEFAULT_TIMEOUT_SECONDS) * 1000;
    this.#options = options;
    const { Agent } = packages.undici();
    const connect = options.way?.connector({});
    const timeouts = { headersTimeout: timeout, bodyTimeout: timeout };
    this.#agent = new Agent({ ...timeouts, ...(connect ? { connect } : {}) });
  }

  rateLimit(): RateLimit | undefined {
    return this.#rateLimit;
  }

  clockAhead(): number | undefined {
    return this.#clockAhead;
  }

  async close(): Promise<void> {
    // Not `close`, which waits for answers that are not needed any more.
    await this.#agent.destroy();
  }

  async call<Name extends EndpointName>(
    name: Name,
    parameters: PathParameters<Name>,
    ...content: Content<Name>
  ): Promise<Answer<Name>> {
    const call = callOf(name, parameters, content[0]);
    this.#options.hear?.(content[0]);
    const { reply, attempts } = await withTimeout(
      `DigitalOcean: ${call.method} ${call.path}`,
      this.#options,
      (signal) => this.#replyTo(call, signal),
    );
    if (reply.status >= 300) throw refusal(call, attempts, reply);
    const said = parseJson(reply.text);
    this.#options.hear?.(said);
    const answer = endpoints[name].response.safeParse(said);
    // The table pairs each name with its schema, which TypeScript cannot follow through an index.
    if (answer.success) return answer.data as Answer<Name>;
    throw new DigitalOceanError(
      { method: call.method, path: call.path, status: reply.status, attempts },
      damage(reply)?.reason ?? `an answer of another shape: ${z.prettifyError(answer.error)}`,
    );
  }

  async #replyTo(call: Call, signal: AbortSignal): Promise<{ reply: Reply; attempts: number }> {
    const settings = this.#options.retry ?? DEFAULT_RETRIES;
    for (let attempt = 0; ; attempt += 1) {
      const last = attempt >= settings.retries;
      const reply = await this.#send(call, signal).catch((cause: unknown) => {
        const failure = connectionFailure(cause);
        if (!last && failure?.isPassing !== false) return undefined;
        const why = failure?.reason ?? messageOf(cause);
        const { method, path } = call;
        throw new DigitalOceanError({ method, path, attempts: attempt + 1 }, why, { cause });
      });
      if (reply !== undefined && (last || !isPassing(call, reply))) {
        return { reply, attempts: attempt + 1 };
      }
      const asked = reply && { status: reply.status, retryAfter: headerOf(reply, "retry-after") };
      const seconds = waitBeforeRetry(attempt, settings, asked, new Date());
      this.#unlessTooLong(call, attempt + 1, seconds, asked);
      await this.#options.sleep(seconds, signal);
    }
  }

  /** A pause that is longer than anybody waits is not begun, and one that a person would wonder about is said. */
  #unlessTooLong(
    { method, path }: Call,
    attempts: number,
    seconds: number,
    asked: { readonly status: number } | undefined,
  ): void {
    const { limitSeconds = longestSeconds, tell } = this.#options;
    const pause = `a pause of ${Math.ceil(seconds)} seconds before the next request (Retry-After)`;
    if (asked && seconds > limitSeconds) {
      const { status } = asked;
      const reason = `it asks for ${pause}, and is waited for ${limitSeconds} at most: make the command again then`;
      throw new DigitalOceanError({ method, path, status, attempts }, reason);
    }
    if (seconds >= worthSaying) tell?.(`DigitalOcean asks for ${pause}: ${method} ${path}`);
  }

  async #send(call: Call, signal: AbortSignal): Promise<Reply> {
    const url = new URL(this.#options.endpoint.replace(/\/$/, "") + call.path);
    Object.entries(call.query).forEach(([name, value]) => {
      for (const one of [value].flat()) url.searchParams.append(name, String(one));
    });
    const { request } = packages.undici();
    const { statusCode, headers, body } = await request(url, {
      method: call.method,
      headers: {
        authorization: `Bearer ${this.#options.token}`,
        "user-agent": this.#options.userAgent,
        accept: "application/json",
        ...(call.body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(call.body === undefined ? {} : { body: call.body }),
      dispatcher: this.#agent,
      signal,
    });
    const reply = { status: statusCode, headers, text: await body.text() };
    this.#rateLimit = rateLimitOf(reply) ?? this.#rateLimit;
    this.#clockAhead = clockAheadOf(reply) ?? this.#clockAhead;
    return reply;
  }
}

/** Makes a client of the DigitalOcean API. */
export function createDigitalOcean(options: DigitalOceanOptions): DigitalOcean {
  return new DigitalOceanClient(options);
}
