import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { createCertificateAuthority } from "@mam-infra/cloud/internet/certificate-authority";
import { type FoundEngine, startPostgres } from "@mam-infra/engines";

/** A PostgreSQL server that holds nothing, as whoever proves a dump brings one along. */
export interface ProofServer {
  /** By which `mam restore` finds it. */
  readonly variables: Readonly<Record<string, string>>;
  /** What a proof has left on it, in words. */
  left(): Promise<string[]>;
  close(): Promise<void>;
}

const hour = 3_600_000;

/** Starts one, with an administrator who is no superuser. */
export async function startProofServer(engine: FoundEngine): Promise<ProofServer> {
  const authority = await createCertificateAuthority("proof server");
  const { cert, key } = await authority.issue("localhost", new Date(Date.now() + 24 * hour));
  const server = await startPostgres({ engine, certificate: cert, key });
  const password = randomBytes(12).toString("hex");
  await server.createAdministrator("scratch", password);
  const directory = mkdtempSync(join(tmpdir(), "mam-proof-"));
  const file = join(directory, "authority.pem");
  writeFileSync(file, authority.certificate);
  return {
    variables: {
      MAM_RESTORE_SERVER: `postgresql://scratch:${password}@localhost:${server.port}/postgres`,
      MAM_RESTORE_SERVER_CA: file,
    },
    left: async () => {
      const rows = await server.query(
        `select 'database ' || datname as what from pg_database where datname like 'mam%'
         union all select 'role ' || rolname from pg_roles where rolname ~ '^(mam|doadmin)'`,
      );
      return rows.map(({ what }) => String(what));
    },
    close: async () => {
      await server.close();
      rmSync(directory, { recursive: true });
    },
  };
}
