import { randomBytes } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

import type { FoundEngines } from "../find/model.ts";
import { type Valkey, startValkey } from "../valkey/server.ts";
import { localCertificate } from "./certificates.ts";
import { startTlsPipe } from "./tls-pipe.ts";

/** A Valkey as the platform hands it to services: TLS, a password, `noeviction`. */
export interface TestValkey {
  /** What services are given. */
  readonly REDIS_URL: string;
  /** The authority of its certificate in PEM. The platform's own is one that Node trusts, so the contract names none. */
  readonly authority: string;
  /** A file with the authority, for `NODE_EXTRA_CA_CERTS` of a service in a process of its own. */
  readonly authorityFile: string;
  readonly server: Valkey;
  close(): Promise<void>;
}

/**
 * Starts a Valkey for a test.
 *
 * @param engines what `findEngines` found: Valkey has to be there.
 * @param options.maxmemory bytes that its keys may take; default: no limit.
 */
export async function startTestValkey(
  { found }: FoundEngines,
  options: { readonly maxmemory?: number } = {},
): Promise<TestValkey> {
  if (!found.valkey) throw new Error("There is no Valkey: see `missing` of findEngines.");
  const password = `AVNS_${randomBytes(15).toString("base64url")}`;
  const certificate = await localCertificate();
  const server = await startValkey({ engine: found.valkey, password, ...options });
  try {
    const authorityFile = join(dirname(server.path), "authority.pem");
    await writeFile(authorityFile, certificate.authority);
    const pipe = await startTlsPipe(certificate, server.path);
    return {
      REDIS_URL: `rediss://default:${password}@localhost:${pipe.port}`,
      authority: certificate.authority,
      authorityFile,
      server,
      close: async () => {
        await pipe.close();
        await server.close();
      },
    };
  } catch (error) {
    await server.close();
    throw error;
  }
}
