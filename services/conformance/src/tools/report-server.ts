import { once } from "node:events";
import { type IncomingMessage, type Server, type ServerResponse, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

import { z } from "zod";

import { waitFor } from "./wait.ts";

const bodySchema = z.looseObject({ event: z.string() });

/** A report that arrived. */
export interface Report {
  readonly path: string;
  readonly method: string;
  readonly authorization: string | undefined;
  readonly contentType: string | undefined;
  readonly body: z.output<typeof bodySchema>;
  /** What was answered. */
  status: number;
}

/** Answers a report on a job of the suite: a status, once whatever has to be looked at was looked at. */
export type Answering = (report: Report) => number | Promise<number>;

/**
 * Takes the worker's reports: on the suite's own jobs it answers itself, all others go on to the API, so that one worker
 * serves both.
 */
export class ReportServer {
  readonly all: Report[] = [];
  readonly #answering = new Map<string, Answering>();
  readonly #api: string | undefined;
  readonly #server: Server;

  private constructor(api: string | undefined) {
    this.#api = api;
    this.#server = createServer((request, response) => {
      this.#take(request, response).catch(() => response.destroy());
    });
  }

  /**
   * Listens.
   *
   * @param api base of the API, for reports on jobs of others.
   */
  static async listen(host: string, port: number, api: string | undefined): Promise<ReportServer> {
    const reports = new ReportServer(api);
    reports.#server.listen(port, host);
    await once(reports.#server, "listening");
    return reports;
  }

  /** Base under which it listens. */
  get base(): string {
    const { address, port } = this.#server.address() as AddressInfo;
    return `http://${address}:${port}`;
  }

  /** Expects reports on a path. */
  expect(path: string, answering: Answering = () => 204): void {
    this.#answering.set(path, answering);
  }

  /** Reports on a path, in the order in which they came. */
  on(path: string): readonly Report[] {
    return this.all.filter((report) => report.path === path);
  }

  /** Waits for a report that was taken. */
  taken(path: string, event: string, seconds: number): Promise<Report> {
    return waitFor(`report "${event}" on ${path}`, seconds, () =>
      this.on(path).find(
        ({ body, status }) => body.event === event && status >= 200 && status < 300,
      ),
    );
  }

  /** Ends it. */
  async close(): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
    await once(this.#server, "close");
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { url: path = "/", method = "", headers } = request;
    const sent = await text(request);
    const answering = this.#answering.get(path);
    if (!answering) {
      response.writeHead(await this.#passOn(path, method, headers.authorization, sent)).end();
      return;
    }
    const report: Report = {
      path,
      method,
      authorization: headers.authorization,
      contentType: headers["content-type"],
      body: bodySchema.catch({ event: "not JSON" }).parse(JSON.parse(sent)),
      status: 0,
    };
    this.all.push(report);
    report.status = await answering(report);
    response.writeHead(report.status).end();
  }

  async #passOn(path: string, method: string, authorization = "", body = ""): Promise<number> {
    if (this.#api === undefined) return 503;
    const answer = await fetch(`${this.#api}${path}`, {
      method,
      headers: { authorization, "content-type": "application/json" },
      ...(body !== "" && { body }),
    });
    await answer.body?.cancel();
    return answer.status;
  }
}
