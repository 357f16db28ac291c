import { once } from "node:events";
import { type IncomingMessage, type ServerResponse, createServer, request } from "node:http";
import type { AddressInfo } from "node:net";

/** Bases of the services, by what the ingress sends to them. */
export interface Routes {
  page: string;
  api: string;
  media: string;
}

/** What stands before the services: one port, two hosts below one name, as in production. */
export interface FrontDoor {
  readonly page: string;
  readonly media: string;
  /** Where requests go; set once the services run. */
  readonly routes: Routes;
  /** Loses the answer to the next request whose path ends so; the request itself arrives. */
  loseAnswerTo(pathEnd: string): void;
  close(): Promise<void>;
}

/** Opens the door. `mam.demo.localhost` and `media.demo.localhost` are one site to browsers, as their namesakes are. */
export async function openFrontDoor(): Promise<FrontDoor> {
  const routes: Routes = { page: "", api: "", media: "" };
  let lost: string | undefined;
  const server = createServer((incoming, answer) => {
    const isLost = lost !== undefined && incoming.url?.endsWith(lost) === true;
    if (isLost) lost = undefined;
    forward(baseFor(incoming, routes), incoming, answer, isLost);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    page: `http://mam.demo.localhost:${port}`,
    media: `http://media.demo.localhost:${port}`,
    routes,
    loseAnswerTo: (pathEnd) => {
      lost = pathEnd;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function baseFor({ headers, url = "/" }: IncomingMessage, routes: Routes): string {
  if (headers.host?.startsWith("media.") === true) return routes.media;
  return url.startsWith("/api/") ? routes.api : routes.page;
}

/** As App Platform's ingress: the path as it came, the visitor's address added, and HTTPS towards the visitor. */
function forward(
  base: string,
  incoming: IncomingMessage,
  answer: ServerResponse,
  isLost: boolean,
): void {
  const { method = "GET", headers, url = "/", socket } = incoming;
  const outgoing = request(new URL(base), {
    method,
    path: url,
    headers: {
      ...headers,
      "x-forwarded-for": socket.remoteAddress ?? "",
      "x-forwarded-proto": "https",
    },
  });
  outgoing.on("response", (response) => {
    if (isLost) {
      answer.destroy();
      return;
    }
    answer.writeHead(response.statusCode ?? 502, response.rawHeaders);
    response.pipe(answer);
  });
  outgoing.on("error", () => {
    if (answer.headersSent) answer.destroy();
    else answer.writeHead(502).end();
  });
  answer.on("close", () => outgoing.destroy());
  incoming.pipe(outgoing);
}
