import { once } from "node:events";
import { type IncomingMessage, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { setTimeout as delay } from "node:timers/promises";

/** A report that arrived. */
export interface Received {
  readonly path: string;
  readonly authorization: string | undefined;
  readonly event: string;
  readonly body: Readonly<Record<string, unknown>>;
  /** When it came, in milliseconds of the monotonic clock. */
  readonly at: number;
}

/** Where workers report to. */
export interface ReportServer {
  readonly address: string;
  readonly reports: readonly Received[];
  /** Answers from now on: a status for each report; default 204. */
  answer(with_: (report: Received) => number): void;
  /** Waits for a report on a job. */
  waitFor(job: string, event: string): Promise<Received>;
  eventsOf(job: string): string[];
  close(): Promise<void>;
}

/** A real HTTP server that takes reports as an API does. */
export async function startReportServer(): Promise<ReportServer> {
  const reports: Received[] = [];
  let status: (report: Received) => number = () => 204;
  const server = createServer((request, response) => {
    void receive(request).then((report) => {
      reports.push(report);
      response.writeHead(status(report)).end();
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const of = (job: string) => reports.filter(({ path }) => path.endsWith(job));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    reports,
    answer: (with_) => {
      status = with_;
    },
    waitFor: async (job, event) => {
      for (;;) {
        const report = of(job).find((one) => one.event === event);
        if (report) return report;
        await delay(20);
      }
    },
    eventsOf: (job) => of(job).map(({ event }) => event),
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

async function receive(request: IncomingMessage): Promise<Received> {
  const body = JSON.parse(await text(request)) as Record<string, unknown>;
  const { url = "", headers } = request;
  return {
    path: url,
    authorization: headers.authorization,
    event: String(body.event),
    body,
    at: performance.now(),
  };
}
