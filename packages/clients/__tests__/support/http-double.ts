import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A request as the double saw it. */
export interface Seen {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

/** What the double answers; "drop" ends the connection instead. */
export type Reply =
  | {
      readonly status: number;
      readonly body?: string | object;
      readonly headers?: Record<string, string>;
    }
  | "drop";

/** An HTTP server on loopback that answers from a script and remembers what it was asked. */
export interface HttpDouble {
  readonly url: string;
  readonly seen: Seen[];
  close(): Promise<void>;
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk as Uint8Array)); // node:http sends bytes
  return Buffer.concat(chunks).toString("utf8");
}

function send(response: ServerResponse, reply: Reply): void {
  if (reply === "drop") {
    response.destroy();
    return;
  }
  const body = typeof reply.body === "object" ? JSON.stringify(reply.body) : (reply.body ?? "");
  response.writeHead(reply.status, reply.headers ?? {}).end(body);
}

/** Starts a double that answers each request by a function of it. */
export async function startHttpDouble(
  answer: (request: Seen, count: number) => Reply,
): Promise<HttpDouble> {
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    void readBody(request).then((body) => {
      const call = {
        method: request.method ?? "",
        path: request.url ?? "",
        headers: request.headers,
        body,
      };
      seen.push(call);
      send(response, answer(call, seen.length));
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      resolve();
    });
  });
  const { port } = server.address() as AddressInfo; // a TCP server's address is never a string
  return {
    url: `http://127.0.0.1:${port}`,
    seen,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => {
          resolve();
        });
      }),
  };
}
