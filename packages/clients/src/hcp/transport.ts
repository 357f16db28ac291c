import type { Agent, Dispatcher } from "undici";
import { z } from "zod";

import { type CallTimeout, withTimeout } from "../call-timeout.ts";
import { connectionFailure } from "../connection-failure.ts";
import { messageOf } from "../message.ts";
import { packages } from "../packages.ts";
import type { WayOut } from "../proxy/way-out.ts";
import {
  DEFAULT_RETRIES,
  type RetrySettings,
  type Sleep,
  isWorthRetrying,
  waitBeforeRetry,
} from "../retry.ts";
import { HcpError } from "./error.ts";

/** What a client of HCP Terraform is made of. Nothing is read from the environment. */
export interface HcpOptions extends CallTimeout {
  /** Base address, `https://app.terraform.io`; paths begin with /api/v2. */
  readonly endpoint: string;
  readonly token: string;
  readonly organization: string;
  /** Names the caller in the service's logs. */
  readonly userAgent: string;
  /** The way out of this network; directly without it. */
  readonly way?: WayOut;
  /** How to wait between attempts, in seconds. */
  readonly sleep: Sleep;
  /** @defaultValue {@link DEFAULT_RETRIES} */
  readonly retry?: RetrySettings;
}

/** A call. */
export interface HcpCall {
  readonly method: "GET" | "POST" | "PATCH" | "PUT" | "DELETE";
  /** Behind `/api/v2`, or a whole address that the service named. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** What is uploaded as it is, instead of a body. */
  readonly content?: Buffer;
}

interface Reply {
  readonly status: number;
  readonly text: string;
  readonly retryAfter: string | undefined;
}

const errors = z.object({
  errors: z.array(z.object({ title: z.string().optional(), detail: z.string().optional() })).min(1),
});

/** Sends calls, and asks again where that may help: reads after any passing failure, writes only when told to wait. */
export class HcpTransport {
  readonly #options: HcpOptions;
  readonly #agent: Agent;

  constructor(options: HcpOptions) {
    this.#options = options;
    const connect = options.way?.connector({});
    this.#agent = new (packages.undici().Agent)(connect ? { connect } : {});
  }

  /** @throws HcpError when the service refuses, or gives no answer. */
  async send(call: HcpCall): Promise<string> {
    const { method, path } = call;
    const { status, text } = await withTimeout(
      `HCP Terraform: ${method} ${path}`,
      this.#options,
      (signal) => this.#repeat(call, signal),
    );
    if (status < 300) return text;
    throw new HcpError({ method, path, status }, reasonOf(text));
  }

  /** Ends the connections. */
  async close(): Promise<void> {
    await this.#agent.destroy();
  }

  async #repeat(call: HcpCall, signal: AbortSignal): Promise<Reply> {
    const { retry: settings = DEFAULT_RETRIES, sleep } = this.#options;
    for (let attempt = 0; ; attempt += 1) {
      const isLast = attempt >= settings.retries;
      const reply = await this.#once(call, signal).catch((cause: unknown) => {
        const failure = connectionFailure(cause);
        if (!isLast && call.method === "GET" && failure?.isPassing !== false) return undefined;
        throw new HcpError(call, failure?.reason ?? messageOf(cause), { cause });
      });
      if (reply && (isLast || !isPassing(call, reply))) return reply;
      await sleep(waitBeforeRetry(attempt, settings, reply, new Date()), signal);
    }
  }

  async #once(
    { method, path, query = {}, body, content }: HcpCall,
    signal: AbortSignal,
  ): Promise<Reply> {
    const { endpoint, token, userAgent } = this.#options;
    const url = new URL(path.startsWith("/") ? `${endpoint}/api/v2${path}` : path);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    const type = "application/vnd.api+json";
    const {
      statusCode,
      headers,
      body: answered,
    } = await packages.undici().request(url, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        "user-agent": userAgent,
        ...(body === undefined ? {} : { "content-type": type }),
        ...(content === undefined ? {} : { "content-type": "application/octet-stream" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(content === undefined ? {} : { body: content }),
      dispatcher: this.#agent,
      signal,
    });
    const retryAfter = first(headers["retry-after"]);
    return { status: statusCode, text: await answered.text(), retryAfter };
  }
}

const first = (header: Dispatcher.ResponseData["headers"][string]) =>
  Array.isArray(header) ? header[0] : header;

/** Whether another answer may come to the same call. A write that failed may have happened: only 429 says that it did not. */
function isPassing({ method }: HcpCall, { status }: Reply): boolean {
  return method === "GET" ? isWorthRetrying(status) : status === 429;
}

function reasonOf(text: string): string {
  const parsed = errors.safeParse(jsonOf(text));
  if (!parsed.success) return "an answer that is not the API's";
  return parsed.data.errors
    .map(({ title, detail }) => detail ?? title ?? "no reason given")
    .join("; ");
}

/** An answer as the data that it has to be. @throws HcpError for one of another shape */
export function answerOf<Shape extends z.ZodType>(
  call: HcpCall,
  text: string,
  shape: Shape,
): z.output<Shape> {
  const answer = shape.safeParse(jsonOf(text));
  if (answer.success) return answer.data;
  throw new HcpError(call, `an answer of another shape: ${z.prettifyError(answer.error)}`);
}

/** A text as data; undefined where it is no JSON. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
