import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { DatabaseAccess } from "@mam-services/common/database";

/** How PostgreSQL's programs reach the server: by their environment. */
export interface LibpqAccess {
  readonly environment: Readonly<Record<string, string>>;
  /** Removes the certificate's file. */
  remove(): Promise<void>;
}

/** Makes it. The certificate authority has to be a file; it is no secret. */
export async function libpqAccess({
  url,
  certificateAuthority,
}: DatabaseAccess): Promise<LibpqAccess> {
  const directory = await mkdtemp(join(tmpdir(), "mam-backup-"));
  const authority = join(directory, "authority.pem");
  await writeFile(authority, certificateAuthority);
  const { hostname, port, username, password, pathname } = new URL(url);
  return {
    environment: {
      PATH: process.env.PATH ?? "/usr/bin:/bin",
      PGHOST: hostname,
      PGPORT: port || "5432",
      PGUSER: decodeURIComponent(username),
      PGPASSWORD: decodeURIComponent(password),
      PGDATABASE: decodeURIComponent(pathname.slice(1)),
      PGSSLMODE: "verify-full",
      PGSSLROOTCERT: authority,
      PGAPPNAME: "mam-backup",
      PGCONNECT_TIMEOUT: "10",
    },
    remove: () => rm(directory, { recursive: true, force: true }),
  };
}
