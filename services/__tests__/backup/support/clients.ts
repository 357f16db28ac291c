import { readdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { type ClientsDirectory, clientsDirectory } from "../../../../packages/engines/src/index.ts";
import { engines } from "../../../local/engines.ts";

const { pg_dump: engine } = engines.found;

/** PostgreSQL's client programs as an image has them. */
export async function clients(): Promise<ClientsDirectory> {
  if (!engine) throw new Error("There is no pg_dump: see `missing` of findEngines.");
  return clientsDirectory(engine);
}

/** The same with a pg_dump whose archive is cut after so many bytes, and which ends well. */
export async function cuttingClients(bytes: number): Promise<ClientsDirectory> {
  const directory = await clients();
  const [major = ""] = await readdir(directory.path);
  const program = join(directory.path, major, "bin", "pg_dump");
  await rename(program, `${program}.real`);
  const lines = `[ "$1" = --version ] && exec "$0.real" --version\n"$0.real" "$@" | head -c ${bytes}\n`;
  await writeFile(program, `#!/bin/sh\n${lines}`, { mode: 0o755 });
  return directory;
}

/** Path of pg_restore, and what it needs in its environment. */
export const restoreProgram = {
  path: engine?.program.replace(/pg_dump$/, "pg_restore") ?? "",
  environment: engine?.environment ?? {},
};
