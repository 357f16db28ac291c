import { once } from "node:events";
import { type IncomingMessage, type ServerResponse, createServer, request } from "node:http";
import {
  type AddressInfo,
  type Server as NetServer,
  type Socket,
  connect,
  createServer as createPipe,
} from "node:net";

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
  close(): Promise<void>;
}

/** Opens the door. `mam.demo.localhost` and `media.demo.localhost` are one site to browsers, as their namesakes are. */
export async function openFrontDoor(): Promise<FrontDoor> {
  const routes: Routes = { page: "", api: "", media: "" };
  const server = createServer((incoming, answer) => {
    forward(baseFor(incoming, routes), incoming, answer);
  });
  const port = await listen(server);
  return {
    page: `http://mam.demo.localhost:${port}`,
    media: `http://media.demo.localhost:${port}`,
    routes,
    close: async () => {
      server.closeAllConnections();
      await close(server);
    },
  };
}

function baseFor({ headers, url = "/" }: IncomingMessage, routes: Routes): string {
  if (headers.host?.startsWith("media.") === true) return routes.media;
  return url.startsWith("/api/") ? routes.api : routes.page;
}

/** As App Platform's ingress: the path as it came, the visitor's address added, and HTTPS towards the visitor. */
function forward(base: string, incoming: IncomingMessage, answer: ServerResponse): void {
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

/** A line to a server that can be cut. */
export interface Line {
  readonly port: number;
  /** Breaks every connection, and takes none. */
  cut(): void;
  mend(): void;
  close(): Promise<void>;
}

/** Lays a line to a port of this machine. */
export async function layLine(target: number): Promise<Line> {
  const sockets = new Set<Socket>();
  let isCut = false;
  const hold = (socket: Socket) => {
    sockets.add(socket);
    socket.on("error", () => socket.destroy());
    socket.on("close", () => sockets.delete(socket));
  };
  const server = createPipe((near) => {
    if (isCut) {
      near.resetAndDestroy();
      return;
    }
    const far = connect(target, "127.0.0.1");
    [near, far].forEach(hold);
    near.pipe(far).pipe(near);
    near.on("close", () => far.destroy());
    far.on("close", () => near.destroy());
  });
  const cut = () => {
    isCut = true;
    for (const socket of sockets) socket.resetAndDestroy();
  };
  return {
    port: await listen(server),
    cut,
    mend: () => {
      isCut = false;
    },
    close: async () => {
      cut();
      await close(server);
    },
  };
}

async function listen(server: NetServer): Promise<number> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}

async function close(server: NetServer): Promise<void> {
  await new Promise((resolve) => server.close(resolve));
}
