import { once } from "node:events";
import { type IncomingMessage, type ServerResponse, createServer, request } from "node:http";
import { type AddressInfo, type Socket, connect } from "node:net";

/** The network between the browser and everything else. It can break as networks do, in the middle of what is sent. */
export interface Network {
  /** Address for the browser's proxy setting. */
  readonly proxy: string;
  /** Breaks every connection, and lets none be made. */
  cut(): void;
  mend(): void;
  close(): Promise<void>;
}

/** Names below `localhost` are this machine (RFC 6761), which browsers know and resolvers often do not. */
const addressOf = (name: string) => (name.endsWith(".localhost") ? "127.0.0.1" : name);

/** Lays a network: a proxy that changes nothing. */
export async function layNetwork(): Promise<Network> {
  const sockets = new Set<Socket>();
  let isCut = false;
  const server = createServer(passOn);
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    if (isCut) socket.resetAndDestroy();
  });
  server.on("connect", ({ url = "" }: IncomingMessage, socket: Socket, head: Buffer) => {
    tunnel(new URL(`http://${url}`), socket, head);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const cut = () => {
    isCut = true;
    for (const socket of sockets) socket.resetAndDestroy();
  };
  return {
    proxy: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut,
    mend: () => {
      isCut = false;
    },
    close: async () => {
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function passOn(incoming: IncomingMessage, answer: ServerResponse): void {
  const { protocol, hostname, port, pathname, search } = new URL(incoming.url ?? "");
  const headers = { ...incoming.headers };
  delete headers["proxy-connection"];
  const outgoing = request({
    protocol,
    host: addressOf(hostname),
    port,
    path: `${pathname}${search}`,
    method: incoming.method ?? "GET",
    headers,
  });
  outgoing.on("response", (response) => {
    answer.writeHead(response.statusCode ?? 502, response.rawHeaders);
    response.pipe(answer);
    response.on("error", () => answer.destroy());
  });
  outgoing.on("error", () => answer.destroy());
  answer.on("close", () => outgoing.destroy());
  incoming.pipe(outgoing);
}

/** What is encrypted passes as it is. */
function tunnel({ hostname, port }: URL, near: Socket, head: Buffer): void {
  const far = connect(Number(port || 443), addressOf(hostname), () => {
    near.write("HTTP/1.1 200 Connection established\r\n\r\n");
    far.write(head);
    near.pipe(far).pipe(near);
  });
  far.on("error", () => near.destroy());
  near.on("error", () => far.destroy());
  near.on("close", () => far.destroy());
}
