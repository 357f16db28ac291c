import { once } from "node:events";
import { type Socket, connect, createServer } from "node:net";
import type { AddressInfo } from "node:net";

/** Something that listens for one component and passes connections on. */
export interface Balancer {
  /** `127.0.0.1` and its port. */
  readonly address: string;
  close(): Promise<void>;
}

/**
 * Passes connections to one of several ports, in turn: a component's name inside its app. Whoever connects while there is
 * no port is refused.
 *
 * @param ports those that are ready now.
 */
export async function startBalancer(ports: () => readonly number[]): Promise<Balancer> {
  let turn = 0;
  const open = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true }, (incoming) => {
    const ready = ports();
    const port = ready[turn % ready.length];
    turn += 1;
    if (port === undefined) {
      incoming.resetAndDestroy();
      return;
    }
    join(incoming, connect({ port, host: "127.0.0.1", allowHalfOpen: true }), open);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      const closed = once(server, "close");
      server.close();
      for (const socket of open) socket.destroy();
      await closed;
    },
  };
}

/** Makes two connections one: what ends or breaks on one side ends or breaks on the other. */
function join(one: Socket, other: Socket, open: Set<Socket>): void {
  for (const [from, to] of [
    [one, other],
    [other, one],
  ] as const) {
    open.add(from);
    from.pipe(to);
    from.on("error", () => to.resetAndDestroy());
    from.once("close", () => {
      open.delete(from);
      to.destroySoon();
    });
  }
}
