import { createHash } from "node:crypto";
import { access, chmod, mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { cacheDirectory } from "../find/cache.ts";
import type { FoundEngine } from "../find/model.ts";

/** PostgreSQL's client programs in a directory as Debian's packages lie: `<path>/18/bin/pg_dump`. */
export interface ClientsDirectory {
  readonly path: string;
  remove(): Promise<void>;
}

const programs = ["pg_dump", "pg_restore", "psql"] as const;

const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

/**
 * Makes such a directory for programs that may lie elsewhere and need something in their environment.
 *
 * @param engine pg_dump as `findEngines` found it, with the others beside it.
 * @param parent directory that it is made in; default: that of temporary files.
 */
export async function clientsDirectory(
  { program, version, environment }: FoundEngine,
  parent = tmpdir(),
): Promise<ClientsDirectory> {
  const path = await mkdtemp(join(parent, "mam-clients-"));
  const directory = join(path, version.split(".")[0] ?? "", "bin");
  await mkdir(directory, { recursive: true });
  const told = Object.entries(environment).map(([name, value]) => `${name}=${quoted(value)} `);
  for (const name of programs) {
    const real = quoted(join(dirname(program), name));
    await writeFile(join(directory, name), `#!/bin/sh\n${told.join("")}exec ${real} "$@"\n`);
    await chmod(join(directory, name), 0o755);
  }
  await chmod(path, 0o755);
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

/** The same, kept in the cache for every process of this machine: for programs that outlive who asks. @returns its path. */
export async function keptClientsDirectory(engine: FoundEngine): Promise<string> {
  const key = createHash("sha256").update(JSON.stringify(engine)).digest("hex").slice(0, 12);
  const cache = cacheDirectory(process.env);
  const kept = join(cache, `clients-${engine.version}-${key}`);
  const exists = () =>
    access(kept).then(
      () => true,
      () => false,
    );
  if (await exists()) return kept;
  await mkdir(cache, { recursive: true });
  const made = await clientsDirectory(engine, cache);
  try {
    await rename(made.path, kept);
  } catch (error) {
    await made.remove();
    if (!(await exists())) throw error;
  }
  return kept;
}
