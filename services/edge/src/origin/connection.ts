import { type Socket, connect, isIP } from "node:net";
import { connect as connectTls } from "node:tls";

import { giveBuffer, takeBuffer } from "../buffers.ts";
import { type ResponseHead, parseResponseHead } from "./response-head.ts";

/**
 * Takes a chunk of a body. Its memory is used again as soon as the promise is fulfilled, or at once when there is none.
 * Nothing is read before: so a slow viewer slows storage down, and a stream needs one buffer whatever its size.
 */
export type Sink = (chunk: Buffer) => Promise<void> | undefined;

/** Longest head of an answer in bytes; storage sends about 700. */
const longestHead = 8 * 1024;

/** Most bytes that TLS decrypts at a time. */
const recordBytes = 16 * 1024;

/** Who is given what arrives. */
interface Taker {
  /** Takes a chunk, and returns what it did not want of it; a promise when its memory is needed for longer. */
  readonly take: (chunk: Buffer) => Buffer | Promise<void> | undefined;
  readonly fail: (error: Error) => void;
}

/** Where storage listens. */
export interface StorageAddress {
  readonly host: string;
  readonly port: number;
  readonly isEncrypted: boolean;
}

/**
 * A connection to storage, which asks one thing after the other. It reads into one buffer; a stream of Node's http client
 * makes a new one for each chunk and copies it, which costs two to three times as much time of the CPU
 * (`npm run bench:platform -- edge`).
 */
export class Connection {
  readonly #socket: Socket;
  readonly #silenceMs: number;
  readonly #buffer = takeBuffer();
  /** What arrived and was not taken yet; it stands in the buffer. */
  readonly #queue: Buffer[] = [];
  /** Where in the buffer the last chunk ends. */
  #end = 0;
  /** Whether a sink still has a chunk. */
  #isLent = false;
  #taker: Taker | undefined;
  /** When storage was last heard of, or first waited for; milliseconds of the monotonic clock. */
  #heardAt = 0;
  #failure: Error | undefined;

  /** @param silenceMs longest time that storage may take for a chunk that is waited for. */
  constructor({ host, port, isEncrypted }: StorageAddress, silenceMs: number) {
    this.#silenceMs = silenceMs;
    const onread = {
      buffer: isEncrypted ? () => this.#space() : this.#buffer,
      callback: (length: number, space: Uint8Array) =>
        this.#arrived((space as Buffer).subarray(0, length)),
    };
    const options = { host, port, onread };
    // An address has no name that a certificate could be asked for.
    const named = isIP(host) === 0 ? { ...options, servername: host } : options;
    this.#socket = isEncrypted ? connectTls(named) : connect(options);
    this.#socket.setNoDelay(true);
    this.#socket.setTimeout(silenceMs);
    this.#socket.on("timeout", () => {
      this.#checkSilence();
    });
    this.#socket.on("error", (error) => (this.#failure = error));
    this.#socket.on("close", () => {
      this.#failure ??= new Error("storage closed the connection");
      this.#taker?.fail(this.#failure);
      if (!this.#isLent) giveBuffer(this.#buffer);
    });
  }

  /** Told once, when the connection is gone. */
  onClose(listener: () => void): void {
    this.#socket.once("close", listener);
  }

  /**
   * Sends a request and reads the head of its answer.
   *
   * @param request its head, with the empty line.
   * @throws when the connection breaks off, or the answer is not HTTP/1.1.
   */
  async ask(request: string): Promise<ResponseHead> {
    if (this.#queue.length > 0) throw new Error("storage sent something that nobody asked for");
    this.#socket.write(request, "latin1");
    let text = "";
    return this.#give<ResponseHead>((resolve) => (chunk) => {
      const begun = text.length;
      text += chunk.toString("latin1", 0, longestHead - begun);
      const end = text.indexOf("\r\n\r\n");
      if (end < 0 && text.length < longestHead) return undefined;
      const head = end < 0 ? undefined : parseResponseHead(text.slice(0, end));
      if (!head) throw new Error("storage sent no head that can be read");
      resolve(head);
      return chunk.subarray(end + 4 - begun);
    });
  }

  /**
   * Hands the body of the answer on, chunk by chunk.
   *
   * @param length of the body in bytes.
   * @throws when the connection breaks off before the body is whole, or what the sink throws.
   */
  async forward(length: number, sink: Sink): Promise<void> {
    if (length === 0) return;
    let left = length;
    await this.#give<undefined>((resolve) => (chunk) => {
      left -= chunk.length;
      if (left < 0) throw new Error("storage sent more than it said");
      const isLast = left === 0;
      const taken = sink(chunk);
      if (!isLast) return taken;
      if (!taken) resolve(undefined);
      return taken?.then(() => {
        resolve(undefined);
      });
    });
  }

  /** Ends it at once: what is on its way is thrown away, and storage stops sending. */
  destroy(): void {
    this.#socket.destroy();
  }

  /** Gives what arrives to a taker until it resolves or fails. */
  async #give<Result>(make: (resolve: (result: Result) => void) => Taker["take"]): Promise<Result> {
    try {
      return await new Promise<Result>((resolve, reject) => {
        const end = (result: Result) => {
          this.#taker = undefined;
          resolve(result);
        };
        this.#taker = { take: make(end), fail: reject };
        if (this.#failure) reject(this.#failure);
        else this.#goOn();
      });
    } finally {
      this.#taker = undefined;
    }
  }

  /** Hands out what waits in the queue, and reads on when nothing does any more. */
  #goOn(): void {
    this.#heardAt = performance.now();
    if (this.#handOut()) this.#socket.resume();
  }

  /** @returns whether more may be read into the buffer: somebody wants it, and nobody needs what is in it. */
  #handOut(): boolean {
    try {
      while (this.#taker && !this.#isLent) {
        const chunk = this.#queue.shift();
        if (!chunk) return true;
        const rest = this.#taker.take(chunk);
        if (rest instanceof Promise) this.#lend(rest);
        else if (rest && rest.length > 0) this.#queue.unshift(rest);
      }
    } catch (error) {
      this.#taker?.fail(error as Error);
      this.#socket.destroy();
    }
    return false;
  }

  #lend(taken: Promise<void>): void {
    this.#isLent = true;
    const fail = (error: Error) => this.#taker?.fail(error);
    taken
      .finally(() => {
        this.#isLent = false;
        if (this.#socket.closed) giveBuffer(this.#buffer);
      })
      .then(() => {
        this.#goOn();
      }, fail);
  }

  #arrived(chunk: Buffer): boolean {
    this.#heardAt = performance.now();
    if (chunk.buffer === this.#buffer.buffer) this.#end = chunk.byteOffset + chunk.length;
    this.#queue.push(chunk);
    return this.#handOut();
  }

  /**
   * Where TLS puts the next bytes. It hands out all that it has decrypted, about 64 KiB, even when it was told to stop: that
   * must not come down on what is still needed.
   */
  #space(): Buffer {
    if (!this.#isLent && this.#queue.length === 0) return this.#buffer;
    const behind = this.#buffer.subarray(this.#end);
    return behind.length >= recordBytes ? behind : Buffer.allocUnsafeSlow(recordBytes);
  }

  /** Called when nothing has moved for a while: it may have been the viewer who was slow. */
  #checkSilence(): void {
    const isWaiting = this.#taker && !this.#isLent;
    const waited = isWaiting ? performance.now() - this.#heardAt : 0;
    if (waited >= this.#silenceMs) this.#socket.destroy(new Error("storage fell silent"));
    else this.#socket.setTimeout(Math.ceil(this.#silenceMs - waited));
  }
}
