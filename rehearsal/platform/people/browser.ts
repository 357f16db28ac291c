import { type LookupFunction, isIP } from "node:net";
import { Readable } from "node:stream";

import { Agent, type Dispatcher, request } from "undici";

import type { Ledger } from "./ledger.ts";

/** How a request is made. */
export interface Ask {
  /** What for, in the ledger's words. */
  readonly what: string;
  readonly url: string;
  readonly method?: Dispatcher.HttpMethod;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  /** Statuses that are right; default: every 2xx. Any other one is a refusal. */
  readonly right?: readonly number[];
  /** Cuts the connection after so many bytes of the body, as a network does that goes away. That is no refusal. */
  readonly cutAfter?: number;
}

/** An answer, read to its end. */
export interface Answer {
  /** 0 when there was none. */
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

/** Names below localhost are this machine, as browsers know by themselves and Node does not. */
const lookup: LookupFunction = (_host, options, done) => {
  if (options.all) done(null, [{ address: "127.0.0.1", family: 4 }]);
  else done(null, "127.0.0.1", 4);
};

/** A body, or the beginning of it. */
function sending(
  body: string | Buffer,
  cutAfter: number | undefined,
): { readonly body: string | Buffer | Readable; readonly headers?: Record<string, string> } {
  if (cutAfter === undefined) return { body };
  const bytes = Buffer.from(body);
  const begun = Readable.from(
    (function* () {
      yield bytes.subarray(0, cutAfter);
      throw new Error("the network was cut");
    })(),
  );
  return { body: begun, headers: { "content-length": String(bytes.length) } };
}

const noAnswer: Answer = { status: 0, headers: {}, body: Buffer.alloc(0) };

/** Addresses that people on this machine can have apart from each other; elsewhere than on Linux all share one. */
const ownAddress = (person: number) =>
  process.platform === "linux" ? { localAddress: `127.0.1.${person}` } : {};

/**
 * A person's browser, without a window: it keeps cookies and connections, and notes what it asked for.
 *
 * @param person 1 to 254: each has an address of their own, so that rate limits are theirs alone.
 */
export class Browser {
  readonly #agent: Agent;
  readonly #ledger: Ledger;
  readonly #cookies = new Map<string, string>();

  constructor(ledger: Ledger, person: number) {
    this.#ledger = ledger;
    // Beside `connect` and not in it: undici 7.30 sets the agent's own there, and that is none.
    this.#agent = new Agent({ connect: { lookup }, ...ownAddress(person) });
    if (isIP(`127.0.1.${person}`) === 0) throw new RangeError(`person ${person} has no address`);
  }

  /** Makes a request, and notes what became of it. It never throws: no answer is an answer with status 0. */
  async ask(ask: Ask): Promise<Answer> {
    const at = Date.now();
    const { what, right, cutAfter } = ask;
    const answer = await this.#send(ask).catch((error: unknown): Answer & { why: string } => ({
      ...noAnswer,
      why: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
    }));
    const { status } = answer;
    const isRight = right ? right.includes(status) : status >= 200 && status < 300;
    const why = "why" in answer ? answer.why : answer.body.toString().slice(0, 200);
    const refused = isRight || cutAfter !== undefined ? {} : { refused: why };
    this.#ledger.note({ what, status, at, ...refused });
    return answer;
  }

  /** Whether a cookie is kept. */
  has(cookie: string): boolean {
    return this.#cookies.has(cookie);
  }

  /** Ends the connections. */
  async close(): Promise<void> {
    await this.#agent.destroy();
  }

  async #send({ url, method = "GET", headers = {}, body, cutAfter }: Ask): Promise<Answer> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const sent = body === undefined ? undefined : sending(body, cutAfter);
    const answer = await request(url, {
      dispatcher: this.#agent,
      method,
      headers: { ...(cookie === "" ? {} : { cookie }), ...headers, ...sent?.headers },
      ...(sent ? { body: sent.body } : {}),
    });
    this.#keepCookies(answer.headers["set-cookie"]);
    const { statusCode: status } = answer;
    return { status, headers: answer.headers, body: Buffer.from(await answer.body.arrayBuffer()) };
  }

  #keepCookies(header: string | string[] | undefined): void {
    for (const line of [header ?? []].flat()) {
      const [pair = "", ...attributes] = line.split(";");
      const at = pair.indexOf("=");
      const isGone = attributes.some((one) => /^\s*max-age=0$/i.test(one));
      if (isGone) this.#cookies.delete(pair.slice(0, at));
      else this.#cookies.set(pair.slice(0, at), pair.slice(at + 1));
    }
  }
}
