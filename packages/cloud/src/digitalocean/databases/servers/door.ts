import { type AddressInfo, type Server, type Socket, connect, createServer } from "node:net";
import { pipeline } from "node:stream";
import { type SecureContext, TLSSocket } from "node:tls";

/** Where connections are passed on to. */
export type Target = { readonly port: number } | { readonly path: string };

/** What a door does with who comes. */
export interface DoorRules {
  /** Address of this machine to listen on; the port is a free one. */
  readonly address: string;
  /** Whether somebody at an address may come in; asked at each connection. */
  readonly admits: (remote: string) => boolean;
  /** The server behind it; undefined while there is none. */
  readonly target: () => Target | undefined;
  /** TLS that ends here, for a server that knows none; default: what comes is passed on as it is. */
  readonly secure?: SecureContext;
}

/** A way in to a server of a cluster. */
export interface Door {
  readonly address: string;
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Opens a way in. Who may not come in is hung up on, as is everybody while no server is behind it.
 *
 * @throws when the address is not this machine's.
 */
export async function openDoor(rules: DoorRules): Promise<Door> {
  const open = new Set<Socket>();
  const server = createServer({ noDelay: true }, (client) => {
    open.add(client);
    client.once("close", () => open.delete(client));
    // Whoever leaves is gone.
    client.on("error", () => client.destroy());
    letIn(client, rules);
  });
  await listening(server, rules.address);
  return {
    address: rules.address,
    port: (server.address() as AddressInfo).port,
    close: async () => {
      for (const client of open) client.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function listening(server: Server, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, host, resolve);
  });
}

function letIn(client: Socket, { admits, target, secure }: DoorRules): void {
  const behind = target();
  if (!behind || !admits(client.remoteAddress ?? "")) {
    client.destroy();
    return;
  }
  const server = connect({ host: "127.0.0.1", noDelay: true, ...behind });
  const near = secure ? new TLSSocket(client, { isServer: true, secureContext: secure }) : client;
  // What breaks one side breaks the other, and both know it from their own connection.
  pipeline(near, server, near, () => client.destroy());
}
