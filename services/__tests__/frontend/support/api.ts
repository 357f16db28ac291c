import { once } from "node:events";
import { type IncomingMessage, type ServerResponse, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import type { TestContext } from "node:test";

import { ApiClient } from "../../../frontend/page/api/client.ts";
import type { Session } from "../../../frontend/page/api/contract.ts";

/** An answer: status, body and headers. */
export type Answer = readonly [number, unknown?, Record<string, string>?];

/** A request as a test looks at it: `POST /session`, the token it came with, its body. */
export interface Seen {
  readonly what: string;
  readonly token: string | undefined;
  readonly body: unknown;
}

/** A client of a server that answers as a test says, with what was asked and who was signed in. */
export async function aClient(
  t: TestContext,
  answer: (seen: Seen, response: ServerResponse) => Answer | undefined,
) {
  const requests: Seen[] = [];
  const sessions: (Session | undefined)[] = [];
  const server = createServer((request, response) => {
    void seenOf(request).then((seen) => {
      requests.push(seen);
      const [status, body, headers] = answer(seen, response) ?? [0];
      if (status === 0) return;
      response.writeHead(status, { "content-type": "application/json", ...headers });
      response.end(body === undefined ? undefined : JSON.stringify(body));
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => server.close());
  const { port } = server.address() as AddressInfo;
  const client = new ApiClient(`http://127.0.0.1:${port}/api`, (session) => {
    sessions.push(session);
  });
  return { client, requests, sessions, close: () => server.close() };
}

async function seenOf(request: IncomingMessage): Promise<Seen> {
  const body = await text(request);
  return {
    what: `${request.method ?? ""} ${(request.url ?? "").replace("/api", "")}`,
    token: request.headers.authorization?.replace("Bearer ", ""),
    body: body === "" ? undefined : JSON.parse(body),
  };
}

/** A session as the API answers it. */
export const aSession = (accessToken: string, expiresIn = 600): Session => ({
  accessToken,
  expiresIn,
  user: { id: "user-1", email: "ada@example.com" },
});
