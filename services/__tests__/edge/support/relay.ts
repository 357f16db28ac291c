import { once } from "node:events";
import { type AddressInfo, type Socket, connect, createServer } from "node:net";

/** A relay between an edge and storage, which sees what passes. */
export interface Relay {
  readonly endpoint: string;
  /** Bytes that storage sent so far. */
  readonly bytes: () => number;
  /** Connections that are open. */
  readonly open: () => number;
  /** Connections that were ever made. */
  readonly made: () => number;
  /** Breaks each connection off once storage has sent so many bytes on it; undefined: none. */
  breakAfter(bytes: number | undefined): void;
  /** Lets nothing more through once storage has sent so many bytes on a connection; undefined: everything. */
  stallAfter(bytes: number | undefined): void;
  close(): Promise<void>;
}

/** Starts a relay to `endpoint`, so that what really passes between the two can be measured and disturbed. */
export async function startRelay(endpoint: string): Promise<Relay> {
  const target = new URL(endpoint);
  const open = new Set<Socket>();
  const disturbance: { breakAfter?: number | undefined; stallAfter?: number | undefined } = {};
  let bytes = 0;
  let made = 0;
  const server = createServer((edge) => {
    made += 1;
    const storage = connect(Number(target.port), target.hostname);
    open.add(edge);
    let passed = 0;
    storage.on("data", (chunk) => {
      passed += chunk.length;
      bytes += chunk.length;
      if (passed > (disturbance.stallAfter ?? Infinity)) return;
      if (passed > (disturbance.breakAfter ?? Infinity)) edge.destroy();
      else if (!edge.write(chunk)) storage.pause();
    });
    edge.on("drain", () => storage.resume());
    edge.pipe(storage);
    edge.on("close", () => {
      open.delete(edge);
      storage.destroy();
    });
    storage.on("close", () => edge.destroy());
    for (const socket of [edge, storage]) socket.on("error", () => undefined);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    bytes: () => bytes,
    open: () => open.size,
    made: () => made,
    breakAfter: (count) => (disturbance.breakAfter = count),
    stallAfter: (count) => (disturbance.stallAfter = count),
    close: async () => {
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}
