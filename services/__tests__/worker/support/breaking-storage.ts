import { once } from "node:events";
import { type IncomingMessage, createServer, request as send } from "node:http";
import type { AddressInfo } from "node:net";

/** A request on its way to storage. */
export interface Passing {
  readonly method: string;
  readonly path: string;
  readonly range: string | undefined;
}

/** Storage whose answers can be broken off in the middle. */
export interface BreakingStorage {
  readonly endpoint: string;
  /** How many answers were broken off. */
  readonly broken: number;
  /** From now on breaks the answers off for which this holds, halfway. */
  breakOff(which: (passing: Passing) => boolean): void;
  close(): Promise<void>;
}

/** Stands in front of storage; what it passes on is as it came, signature included. */
export async function breakingStorage(endpoint: string): Promise<BreakingStorage> {
  let isBroken: (passing: Passing) => boolean = () => false;
  let broken = 0;
  const server = createServer((request, response) => {
    const { method = "", url = "", headers } = request;
    const onward = send(`${endpoint}${url}`, { method, headers }, (answer: IncomingMessage) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      if (!isBroken({ method, path: url, range: headers.range })) {
        answer.pipe(response);
        return;
      }
      broken += 1;
      answer.once("data", (chunk: Buffer) => {
        answer.destroy();
        response.write(chunk.subarray(0, chunk.length / 2), () => response.destroy());
      });
    });
    onward.on("error", () => response.destroy());
    request.pipe(onward);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get broken() {
      return broken;
    },
    breakOff: (which) => {
      isBroken = which;
    },
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}
