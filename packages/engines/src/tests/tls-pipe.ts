import { type AddressInfo, connect } from "node:net";
import { pipeline } from "node:stream";
import { type TLSSocket, createServer } from "node:tls";

/** A TLS server in front of a server that knows no TLS. */
export interface TlsPipe {
  /** Of 127.0.0.1. */
  readonly port: number;
  close(): Promise<void>;
}

/** Takes TLS connections on a free port of 127.0.0.1 and passes them on to a socket. */
export async function startTlsPipe(
  certificate: { readonly certificate: string; readonly key: string },
  path: string,
): Promise<TlsPipe> {
  const open = new Set<TLSSocket>();
  const { certificate: cert, key } = certificate;
  const server = createServer({ cert, key, noDelay: true }, (client) => {
    open.add(client);
    const target = connect(path);
    // What breaks one side breaks the other, and both sides know it from their own connection.
    pipeline(client, target, client, () => open.delete(client));
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        for (const client of open) client.destroy();
      }),
  };
}
