import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { type AddressInfo, connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createServer } from "node:tls";

/** A door that speaks TLS, in front of something that does not. */
export interface TlsDoor {
  readonly endpoint: string;
  /** File with the certificate, for NODE_EXTRA_CA_CERTS. */
  readonly authorityFile: string;
  close(): Promise<void>;
}

/** Opens a door at `https://localhost` to `endpoint`, with a certificate of its own. */
export async function openTlsDoor(endpoint: string): Promise<TlsDoor> {
  const directory = mkdtempSync(join(tmpdir(), "edge-tls-"));
  const [keyFile, authorityFile] = [join(directory, "key.pem"), join(directory, "cert.pem")];
  execFileSync(
    "openssl",
    [
      ...["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=localhost"],
      ...["-addext", "subjectAltName=DNS:localhost", "-keyout", keyFile, "-out", authorityFile],
    ],
    { stdio: "ignore" },
  );
  const target = new URL(endpoint);
  const options = { key: readFileSync(keyFile), cert: readFileSync(authorityFile) };
  const server = createServer(options, (caller) => {
    const inside = connect(Number(target.port), target.hostname);
    caller.pipe(inside).pipe(caller);
    caller.on("close", () => inside.destroy());
    inside.on("close", () => caller.destroy());
    for (const socket of [caller, inside]) socket.on("error", () => undefined);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    endpoint: `https://localhost:${(server.address() as AddressInfo).port}`,
    authorityFile,
    close: async () => {
      server.close();
      await once(server, "close");
      rmSync(directory, { recursive: true });
    },
  };
}
