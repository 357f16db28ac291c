import { once } from "node:events";
import { type AddressInfo, type Socket, connect, createServer } from "node:net";
import { type Duplex, pipeline } from "node:stream";
import { TLSSocket, connect as connectTls, createSecureContext } from "node:tls";

import type { Pool } from "./configuration.ts";
import { fatalError, lengthOf, readRequest, startMessage, tlsRequest } from "./startup-message.ts";

/** What stands in for PgBouncer is started with. */
export interface DirectPoolsOptions {
  readonly certificate: string;
  readonly key: string;
  /** The server behind it, at 127.0.0.1. */
  readonly server: { readonly port: number };
  readonly pools: readonly Pool[];
}

/** Pools by name without pooling. */
export interface DirectPools {
  /** Of 127.0.0.1, with TLS and password. */
  readonly port: number;
  setPools(pools: readonly Pool[]): Promise<void>;
  close(): Promise<void>;
}

/**
 * Stands in for PgBouncer on a machine without it: clients name a pool and reach its database, each on a connection to the
 * server of its own and as itself. What a pool refuses, such as session features, works here.
 */
export async function startDirectPools(options: DirectPoolsOptions): Promise<DirectPools> {
  let { pools } = options;
  const open = new Set<Socket>();
  const secureContext = createSecureContext({ cert: options.certificate, key: options.key });
  const server = createServer({ noDelay: true }, (socket) => {
    open.add(socket);
    socket.once("close", () => open.delete(socket));
    const databaseOf = (pool: string) => pools.find(({ name }) => name === pool)?.database;
    serve(socket, { secureContext, port: options.server.port, databaseOf }).catch(() => {
      socket.destroy();
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    setPools: (next) => {
      pools = next;
      return Promise.resolve();
    },
    close: async () => {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

interface Way {
  readonly secureContext: ReturnType<typeof createSecureContext>;
  readonly port: number;
  readonly databaseOf: (pool: string) => string | undefined;
}

async function serve(socket: Socket, { secureContext, port, databaseOf }: Way): Promise<void> {
  if (readRequest(await readMessage(socket)).kind !== "tls") {
    socket.end(fatalError("08P01", "SSL required"));
    return;
  }
  socket.write("S");
  const client = new TLSSocket(socket, { isServer: true, secureContext });
  const message = await readMessage(client);
  const request = readRequest(message);
  if (request.kind !== "start") {
    pipeBoth(client, await connectToServer(port), message);
    return;
  }
  const pool = request.parameters.get("database") ?? "";
  const database = databaseOf(pool);
  if (database === undefined) {
    client.end(fatalError("3D000", `no such database: ${pool}`));
    return;
  }
  const parameters = new Map(request.parameters).set("database", database);
  pipeBoth(client, await connectToServer(port), startMessage(request.version, parameters));
}

async function connectToServer(port: number): Promise<Duplex> {
  const socket = connect({ host: "127.0.0.1", port, noDelay: true });
  socket.write(tlsRequest);
  await once(socket, "data");
  // It is our own server, by its number; its certificate is the one that clients see here.
  const secure = connectTls({ socket, rejectUnauthorized: false });
  await once(secure, "secureConnect");
  return secure;
}

function pipeBoth(client: Duplex, server: Duplex, first: Buffer): void {
  server.write(first);
  // What breaks one side breaks the other, and both know it from their own connection.
  pipeline(client, server, client, () => undefined);
}

/** Reads one message that begins with its length, and puts back what follows it. */
async function readMessage(stream: Duplex): Promise<Buffer> {
  let bytes = Buffer.alloc(0);
  for (;;) {
    const length = lengthOf(bytes);
    if (length !== undefined && bytes.length >= length) {
      if (bytes.length > length) stream.unshift(bytes.subarray(length));
      return bytes.subarray(0, length);
    }
    const chunk = stream.read() as Buffer | null;
    if (chunk) bytes = Buffer.concat([bytes, chunk]);
    else if (stream.readableEnded || stream.destroyed) throw new Error("the client left");
    else await Promise.race([once(stream, "readable"), once(stream, "close")]);
  }
}
