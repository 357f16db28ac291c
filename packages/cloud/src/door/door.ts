import { once } from "node:events";
import { Agent, createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

import type { RunningPrograms } from "../digitalocean/server.ts";
import { passToStorage } from "./storage.ts";

/** The storage behind the door. */
interface Storage {
  /** Its official host. */
  readonly host: string;
  /** Where it answers on this machine. */
  readonly url: string;
}

/** Milliseconds for which a connection waits for its next request. */
const keepAlive = 65_000;

/**
 * The one address through which people, browsers and programs on this machine reach what has an official host: plain HTTP
 * at `http://<official host>.localhost` and the door's port.
 */
export class Door {
  readonly #server: Server;
  readonly #agent = new Agent({ keepAlive: true });
  #programs: RunningPrograms | undefined;
  #storage: Storage | undefined;

  constructor() {
    // An upload takes as long as it takes.
    this.#server = createServer({ requestTimeout: 0, keepAliveTimeout: keepAlive }, (...visit) => {
      void this.#answer(...visit);
    });
  }

  /** Its port; 0 until it listens. */
  get port(): number {
    const address = this.#server.address() as AddressInfo | null;
    return address?.port ?? 0;
  }

  /** Its address, without a trailing slash. */
  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /**
   * Listens on 127.0.0.1.
   *
   * @param port default: a free one.
   * @throws an error with the code `EADDRINUSE` when another program listens there.
   */
  async listen(port = 0): Promise<this> {
    this.#server.listen(port, "127.0.0.1");
    await once(this.#server, "listening");
    return this;
  }

  /** Says what is behind it. */
  open(programs: RunningPrograms, storage: Storage): void {
    this.#programs = programs;
    this.#storage = storage;
  }

  /** Closes it, with every connection. */
  async close(): Promise<void> {
    if (!this.#server.listening) return;
    const closed = once(this.#server, "close");
    this.#server.close();
    this.#server.closeAllConnections();
    this.#agent.destroy();
    await closed;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const names = this.#programs?.names;
    const host = names?.officialHost(request.headers.host);
    const storage = this.#storage;
    if (names && storage && host === storage.host) {
      const { port } = new URL(storage.url);
      await passToStorage({ request, response, port: Number(port), agent: this.#agent, names });
    } else if (host !== undefined && this.#programs?.ingress.answersFor(host)) {
      await this.#programs.ingress.serve(request, response, host);
    } else {
      this.#explain(response, host);
    }
  }

  #explain(response: ServerResponse, host: string | undefined): void {
    const hosts = this.#programs?.names.hosts() ?? [];
    const known = hosts.map((one) => `http://${one}.localhost:${this.port}\n`).join("");
    const asked =
      host === undefined
        ? "No host of an app or of storage was named."
        : `Nothing answers for ${host}.`;
    response.writeHead(404, { "content-type": "text/plain; charset=utf-8" });
    response.end(`${asked} What there is:\n${known}`);
  }
}
