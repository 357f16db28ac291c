import { Connection, type StorageAddress } from "./connection.ts";
import type { ResponseHead } from "./response-head.ts";

/** Most connections that are kept for the next request. */
const mostIdle = 64;

/** Milliseconds for which one is kept: shorter than servers keep theirs, so that it is seldom closed under a request. */
const idleMs = 4000;

/** A connection that has answered. */
export interface Answered {
  readonly connection: Connection;
  readonly head: ResponseHead;
}

/** The connections to storage: as many as there are viewers, and some that wait for the next one. */
export class Connections {
  readonly #address: StorageAddress;
  readonly #silenceMs: number;
  readonly #idle = new Map<Connection, NodeJS.Timeout>();

  constructor(address: StorageAddress, silenceMs: number) {
    this.#address = address;
    this.#silenceMs = silenceMs;
  }

  /**
   * Asks on a connection that is kept, or else on a new one. Storage may close a kept one at any time, so a request that
   * fails there before its answer begins is asked again on a new one.
   *
   * @param signal ends the connection.
   */
  async ask(request: string, signal: AbortSignal): Promise<Answered> {
    const kept = [...this.#idle.keys()].at(-1);
    if (kept) {
      this.#forget(kept);
      const answered = await this.#askOn(kept, request, signal).catch(() => undefined);
      if (answered) return answered;
    }
    signal.throwIfAborted();
    const made = new Connection(this.#address, this.#silenceMs);
    made.onClose(() => {
      this.#forget(made);
    });
    return this.#askOn(made, request, signal);
  }

  /** Keeps a connection whose answer was read to its end. */
  keep(connection: Connection): void {
    if (this.#idle.size >= mostIdle) {
      connection.destroy();
      return;
    }
    const timer = setTimeout(() => {
      connection.destroy();
    }, idleMs);
    this.#idle.set(connection, timer);
  }

  /** Closes those that wait. */
  close(): void {
    for (const connection of this.#idle.keys()) connection.destroy();
  }

  async #askOn(connection: Connection, request: string, signal: AbortSignal): Promise<Answered> {
    const end = () => {
      connection.destroy();
    };
    signal.addEventListener("abort", end, { once: true });
    try {
      return { connection, head: await connection.ask(request) };
    } catch (error) {
      connection.destroy();
      throw error;
    } finally {
      signal.removeEventListener("abort", end);
    }
  }

  #forget(connection: Connection): void {
    clearTimeout(this.#idle.get(connection));
    this.#idle.delete(connection);
  }
}
