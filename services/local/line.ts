import { once } from "node:events";
import { type AddressInfo, type Socket, connect, createServer } from "node:net";

/** A line to a server, which can break as lines do. */
export interface Line {
  readonly port: number;
  /** Breaks every connection, and takes none. */
  cut(): void;
  /** Takes everything, and passes nothing on: nobody is told. */
  freeze(): void;
  /** Lets new connections through; what was frozen stays so. */
  mend(): void;
  close(): Promise<void>;
}

/** Lays a line to a port of this machine. */
export async function layLine(target: number): Promise<Line> {
  const lines = new Map<Socket, Socket>();
  let isCut = false;
  const server = createServer((near) => {
    const far = connect(target, "127.0.0.1");
    lines.set(near, far);
    near.pipe(far).pipe(near);
    for (const socket of [near, far]) socket.on("error", () => socket.destroy());
    far.on("close", () => near.destroy());
    near.on("close", () => {
      far.destroy();
      lines.delete(near);
    });
    if (isCut) near.resetAndDestroy();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const cut = () => {
    isCut = true;
    for (const near of lines.keys()) near.resetAndDestroy();
  };
  return {
    port: (server.address() as AddressInfo).port,
    cut,
    freeze: () => {
      for (const [near, far] of lines) {
        near.unpipe(far).pause();
        far.unpipe(near).pause();
      }
    },
    mend: () => {
      isCut = false;
    },
    close: async () => {
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
