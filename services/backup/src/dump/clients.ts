import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

import { DumpError } from "./error.ts";

const run = promisify(execFile);

/** PostgreSQL's client programs of one major version. */
export interface Clients {
  readonly dump: string;
  readonly restore: string;
  /** Such as `17.12`. */
  readonly version: string;
}

/**
 * The programs of exactly the server's major version. Older ones refuse the server and leave an empty file; newer ones write
 * an archive that sets what the server does not know, and that its own programs cannot read.
 *
 * @param directory has a directory for each major, as Debian's packages of PostgreSQL lie.
 * @throws DumpError when there is none, or another version lies in its place.
 */
export async function clientsOf(directory: string, major: number): Promise<Clients> {
  const programs = join(directory, String(major), "bin");
  const dump = join(programs, "pg_dump");
  const { stdout } = await run(dump, ["--version"]).catch((cause: unknown) => {
    throw new DumpError(
      `the server is PostgreSQL ${major}, and ${dump} does not run: the image needs postgresql-client-${major}`,
      { cause },
    );
  });
  const version = /\(PostgreSQL\) (\d+(?:\.\d+)?)/.exec(stdout)?.[1] ?? "of no version";
  if (version.split(".")[0] !== String(major))
    throw new DumpError(
      `the server is PostgreSQL ${major}, and ${dump} is ${version}: the image needs postgresql-client-${major}`,
    );
  return { dump, restore: join(programs, "pg_restore"), version };
}
