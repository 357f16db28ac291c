import { writeFile } from "node:fs/promises";
import { join } from "node:path";

import type { Platform } from "../../__tests__/api/support/platform.ts";
import { localCertificate } from "../../../packages/engines/src/tests/certificates.ts";
import { type Bench, engineOf } from "../bench.ts";
import { freePort, startProgram } from "../processes.ts";

/** Where the api finds Valkey. */
export interface ValkeyAccess {
  readonly REDIS_URL: string;
  readonly NODE_EXTRA_CA_CERTS: string;
  /** Who speaks TLS, for people. */
  readonly encryptedBy: string;
}

/**
 * Starts a Valkey that speaks TLS itself, as the platform's does. The platform of tests has one behind a pipe in
 * JavaScript, because not every build of Valkey knows TLS: each request would pass through this process twice. Where the
 * build here knows none, that one is taken.
 */
export async function startValkey(bench: Bench, { valkey }: Platform): Promise<ValkeyAccess> {
  const { directory } = bench;
  const { authority, certificate, key } = await localCertificate();
  const port = await freePort();
  const password = new URL(valkey.REDIS_URL).password;
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
    const { REDIS_URL, authorityFile: NODE_EXTRA_CA_CERTS } = valkey;
    return { REDIS_URL, NODE_EXTRA_CA_CERTS, encryptedBy: "a pipe in JavaScript" };
  }
  return {
    REDIS_URL: `rediss://default:${password}@localhost:${port}`,
    NODE_EXTRA_CA_CERTS: file("valkey-ca.pem"),
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
