import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { type IncomingMessage, type Server, type ServerResponse, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

import type { Master } from "../preview/master.ts";
import { readRange } from "../preview/range.ts";

/** Takes one file that ffmpeg writes, up to its end. */
export type Receive = (name: string, body: AsyncIterable<Uint8Array>) => Promise<void>;

/**
 * How ffmpeg reads the master and hands over what it makes: a server on this machine that lives as long as one attempt.
 *
 * ffmpeg ends with exit code 0 when its input breaks off or its output is refused, so this server remembers what went
 * wrong. No address of storage, no key and no signature gets into ffmpeg's arguments, which everybody on the machine
 * can read, and nothing is written to disk. The path is random: other processes of the machine cannot guess it.
 */
export class Exchange {
  readonly #master: Master;
  readonly #onFailure: () => void;
  readonly #base = `/${randomBytes(16).toString("hex")}`;
  readonly #server: Server;
  readonly #receiving = new Set<Promise<void>>();
  readonly #closing = new AbortController();
  #failure: Error | undefined;
  #moved = 0;
  #furthest = 0;

  #receive: Receive = () => Promise.reject(new Error("ffmpeg wrote a file that nobody expects"));

  private constructor(master: Master, onFailure: () => void) {
    this.#master = master;
    this.#onFailure = onFailure;

    this.#server = createServer((request, response) => {
      this.#answer(request, response).catch((error: unknown) => {
        this.#fail(error);
        response.destroy();
      });
    });
  }

  /**
   * Opens the exchange.
   *
   * @param onFailure called once reading or storing failed for good: what ffmpeg does from then on is in vain.
   */
  static async open(master: Master, onFailure: () => void): Promise<Exchange> {
    const exchange = new Exchange(master, onFailure);
    exchange.#server.listen(0, "127.0.0.1");
    await once(exchange.#server, "listening");
    return exchange;
  }

  /** Says who takes what ffmpeg writes from now on. */
  handTo(receive: Receive): void {
    this.#receive = receive;
  }

  /** Address below which ffmpeg writes. */
  get address(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}${this.#base}`;
  }

  /** Address of the master. */
  get masterAddress(): string {
    return `${this.address}/master`;
  }

  /** Bytes that passed, in both directions: while it grows, ffmpeg is at work. */
  get moved(): number {
    return this.#moved;
  }

  /** How much of the master was read, between 0 and 1. */
  get read(): number {
    return this.#master.size === 0 ? 1 : this.#furthest / this.#master.size;
  }

  /** What went wrong in reading the master or storing the preview, if anything did. */
  get failure(): Error | undefined {
    return this.#failure;
  }

  /** Waits until everything that ffmpeg handed over is stored. */
  async settled(): Promise<void> {
    while (this.#receiving.size > 0) await Promise.allSettled(this.#receiving);
  }

  /** Ends it at once. */
  async close(): Promise<void> {
    this.#closing.abort();
    const closed = once(this.#server, "close");
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
    await this.settled();
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method, url = "" } = request;
    if (!url.startsWith(`${this.#base}/`)) {
      response.writeHead(404).end();
      return;
    }
    const name = url.slice(this.#base.length + 1);
    if (method === "PUT" || method === "POST") await this.#take(name, request, response);
    else await this.#give(request, response);
  }

  async #give(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { size } = this.#master;
    const range = readRange(request.headers.range, size);
    if (range === "unsatisfiable") {
      response.writeHead(416, { "content-range": `bytes */${size}` }).end();
      return;
    }
    const { start, end } = range ?? { start: 0, end: size };
    response.writeHead(range ? 206 : 200, {
      "accept-ranges": "bytes",
      "content-length": end - start,
      ...(range ? { "content-range": `bytes ${start}-${end - 1}/${size}` } : {}),
    });
    const gone = new AbortController();
    response.once("close", () => {
      gone.abort();
    });
    try {
      await pipeline(Readable.from(this.#counted(start, end, gone.signal)), response);
    } catch (error) {
      // ffmpeg leaves in the middle whenever it seeks.
      if (!gone.signal.aborted) throw error;
    }
  }

  async *#counted(start: number, end: number, signal: AbortSignal): AsyncGenerator<Uint8Array> {
    let at = start;
    for await (const piece of this.#failing(this.#master.read(start, end, signal), signal)) {
      yield piece;
      at += piece.length;
      this.#moved += piece.length;
      this.#furthest = Math.max(this.#furthest, at);
    }
  }

  /** Remembers a failure before the connection breaks: ffmpeg must not get ahead of it. */
  async *#failing(
    pieces: AsyncGenerator<Uint8Array>,
    signal: AbortSignal,
  ): AsyncGenerator<Uint8Array> {
    try {
      yield* pieces;
    } catch (error) {
      if (!signal.aborted) this.#fail(error);
      throw error;
    }
  }

  async #take(name: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const receiving = this.#receive(name, this.#whole(request));
    this.#receiving.add(receiving);
    try {
      await receiving;
      response.writeHead(200).end();
    } finally {
      this.#receiving.delete(receiving);
    }
  }

  async *#whole(request: IncomingMessage): AsyncGenerator<Uint8Array> {
    for await (const chunk of request as AsyncIterable<Uint8Array>) {
      this.#moved += chunk.length;
      yield chunk;
    }
    if (!request.complete) throw new Error("ffmpeg broke off in the middle of a file");
  }

  #fail(error: unknown): void {
    if (this.#failure || this.#closing.signal.aborted) return;
    this.#failure = error instanceof Error ? error : new Error(String(error));
    this.#onFailure();
  }
}
