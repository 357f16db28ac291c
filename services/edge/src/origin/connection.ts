import { type Socket, connect, isIP } from "node:net";
import { connect as connectTls } from "node:tls";

import { type ResponseHead, parseResponseHead } from "./response-head.ts";

/**
 * Takes a chunk of a body. Its memory is used again as soon as the promise is fulfilled, and nothing is read before: so
 * a slow viewer slows storage down, and each stream needs one buffer whatever its size.
 */
export type Sink = (chunk: Buffer) => Promise<void>;

/**
 * Bytes of the one buffer of a connection: 200 viewers need 25 MiB. Measured with 200 viewers on loopback, where a
 * stream of Node's http client costs two to three times as much time of the CPU: it makes a new buffer for each chunk,
 * and copies it (`services/bench/edge.ts`).
 */
const bufferBytes = 128 * 1024;

/** Longest head of an answer in bytes; storage sends about 700. */
const longestHead = 32 * 1024;

/** What is waited for: the promise that the next event decides. */
interface Waiting {
  readonly resolve: (chunk: Buffer) => void;
  readonly reject: (error: Error) => void;
}

/** Where storage listens. */
export interface StorageAddress {
  readonly host: string;
  readonly port: number;
  readonly isEncrypted: boolean;
}

/** A connection to storage, which asks one thing after the other. */
export class Connection {
  readonly #socket: Socket;
  readonly #silenceMs: number;
  #waiting: Waiting | undefined;
  /** Bytes that came with the head. They stand in the buffer, which is not written to before they are taken. */
  #early: Buffer = Buffer.alloc(0);
  #failure: Error | undefined;

  /** @param silenceMs longest time that storage may take for a chunk of a body that is waited for. */
  constructor({ host, port, isEncrypted }: StorageAddress, silenceMs: number) {
    const onread = {
      buffer: Buffer.allocUnsafeSlow(bufferBytes),
      callback: (length: number, buffer: Uint8Array) => this.#take(buffer as Buffer, length),
    };
    const options = { host, port, onread };
    // An address has no name that a certificate could be asked for.
    const named = isIP(host) === 0 ? { ...options, servername: host } : options;
    this.#socket = isEncrypted ? connectTls(named) : connect(options);
    this.#silenceMs = silenceMs;
    this.#socket.setNoDelay(true);
    this.#socket.on("timeout", () => {
      if (this.#waiting) this.#socket.destroy(new Error("storage fell silent"));
    });
    this.#socket.on("error", (error) => (this.#failure = error));
    this.#socket.on("close", () => {
      this.#failure ??= new Error("storage closed the connection");
      this.#waiting?.reject(this.#failure);
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
    this.#socket.write(request, "latin1");
    let text = "";
    for (;;) {
      const chunk = await this.#next();
      const begun = text.length;
      text += chunk.toString("latin1");
      const end = text.indexOf("\r\n\r\n");
      if (end < 0 && text.length < longestHead) continue;
      const head = end < 0 ? undefined : parseResponseHead(text.slice(0, end));
      if (!head) throw this.#broken("storage sent no head that can be read");
      this.#early = chunk.subarray(end + 4 - begun);
      return head;
    }
  }

  /**
   * Hands the body of the answer on, chunk by chunk.
   *
   * @param length of the body in bytes.
   * @throws when the connection breaks off before the body is whole, or what the sink throws.
   */
  async forward(length: number, sink: Sink): Promise<void> {
    let left = length;
    while (left > 0) {
      const chunk = this.#early.length > 0 ? this.#early : await this.#next(this.#silenceMs);
      this.#early = Buffer.alloc(0);
      if (chunk.length > left) throw this.#broken("storage sent more than it said");
      left -= chunk.length;
      await sink(chunk);
    }
  }

  /** Ends it at once: what is on its way is thrown away, and storage stops sending. */
  destroy(): void {
    this.#socket.destroy();
  }

  /** The next chunk. Time is counted from now: until now it may have been the viewer who was slow. */
  #next(timeoutMs = 0): Promise<Buffer> {
    if (this.#failure) return Promise.reject(this.#failure);
    this.#socket.setTimeout(timeoutMs);
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
      this.#socket.resume();
    });
  }

  /** @returns false: nothing more is read into the buffer before what is in it was used. */
  #take(buffer: Buffer, length: number): boolean {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (waiting) waiting.resolve(buffer.subarray(0, length));
    else this.#socket.destroy(new Error("storage sent something that nobody asked for"));
    return false;
  }

  #broken(message: string): Error {
    const error = new Error(message);
    this.#socket.destroy(error);
    return error;
  }
}
