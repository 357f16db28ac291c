import { randomBytes } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";

import { startTestValkey } from "../../../packages/engines/src/index.ts";
import { localCertificate } from "../../../packages/engines/src/tests/certificates.ts";
import { type Bench, engineOf } from "../bench.ts";
import { freePort, startProgram } from "../processes.ts";

/** Where the api finds Valkey. */
export interface ValkeyAccess {
  readonly REDIS_URL: string;
  /** Authority of its certificate. */
  readonly authorityFile: string;
  /** Who speaks TLS, for people. */
  readonly encryptedBy: string;
}

/**
 * Starts a Valkey that speaks TLS itself, as the platform's does. Tests have one behind a pipe in JavaScript, because not
 * every build of Valkey knows TLS: each request would pass through this process twice. It is taken where the build here
 * knows none.
 */
export async function startValkey(bench: Bench): Promise<ValkeyAccess> {
  const { directory } = bench;
  const { authority, certificate, key } = await localCertificate();
  const port = await freePort();
  const password = randomBytes(16).toString("hex");
  const file = (name: string) => join(directory, name);
  const texts = {
    "valkey-ca.pem": authority,
    "valkey.pem": certificate,
    "valkey.key": key,
    "valkey.conf": configurationOf(port, password, file),
  };
  for (const [name, text] of Object.entries(texts))
    await writeFile(file(name), text, { mode: 0o600 });
  const { program, environment } = engineOf(bench, "valkey");
  try {
    await startProgram(bench, [program, file("valkey.conf")], port, environment);
  } catch (error) {
    bench.signal.throwIfAborted();
    bench.progress(`this build of Valkey knows no TLS (${String(error).split("\n")[0]})`);
    const valkey = await startTestValkey(bench.engines);
    bench.defer(() => valkey.close());
    const { REDIS_URL, authorityFile } = valkey;
    return { REDIS_URL, authorityFile, encryptedBy: "a pipe in JavaScript" };
  }
  return {
    REDIS_URL: `rediss://default:${password}@localhost:${port}`,
    authorityFile: file("valkey-ca.pem"),
    encryptedBy: "Valkey itself",
  };
}

const configurationOf = (port: number, password: string, file: (name: string) => string) =>
  [
    "port 0",
    `tls-port ${port}`,
    "bind 127.0.0.1",
    `tls-cert-file ${file("valkey.pem")}`,
    `tls-key-file ${file("valkey.key")}`,
    `tls-ca-cert-file ${file("valkey-ca.pem")}`,
    "tls-auth-clients no",
    `requirepass ${password}`,
    `save ""`,
    "appendonly no",
    "",
  ].join("\n");
