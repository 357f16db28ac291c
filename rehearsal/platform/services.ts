import { existsSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";

import { execa } from "execa";

import { digestOf, filesIn, isKept, publish } from "../../operations/build.mjs";
import { lockEnvironment } from "../../operations/context/environment-lock.ts";
import { thisHolder } from "../../operations/context/holder.ts";
import { placeOf } from "../../operations/context/place.ts";
import { CannotRehearse } from "../harness/workspace.ts";

/** The reference services, built: what their images hold. */
export interface BuiltServices {
  /** Has a directory for each service, with its `package.json` and `dist/`. */
  readonly directory: string;
}

/** What is said and what may end a build on the way. */
export interface BuildOptions {
  /** Called with what goes on, in a few words. */
  readonly tell: (progress: string) => void;
  readonly interruption: AbortSignal;
}

/** Directories of `services/` that are not sources. */
const notSources = new Set(["node_modules", "dist", "__tests__", "bench", "conformance", "local"]);

/**
 * Builds the reference services, and keeps what was built from the same sources before. Their packages are installed
 * first where the lock file asks for others: about half a minute, once.
 *
 * @throws CannotRehearse when npm or the build fails, with its last words and the line to run by hand.
 */
export async function buildServices(
  project: string,
  { tell, interruption }: BuildOptions,
): Promise<BuiltServices> {
  const services = join(project, "services");
  const sources = filesIn(project, "services", ({ name }) => !notSources.has(name));
  const directory = join(project, ".cache", `services-${digestOf(project, sources)}`);
  if (isKept(directory)) return { directory };
  await installServices(project, { tell, interruption });
  tell("building services/");
  const beside = `${directory}.${process.pid}.new`;
  try {
    await orExplain("npm run build", run(services, interruption, "node", "build.mjs", beside));
    publish(beside, directory);
  } finally {
    rmSync(beside, { recursive: true, force: true });
  }
  return { directory };
}

/**
 * Installs the packages of `services/`, where its lock file asks for others than are there. Of two processes at once one
 * installs, and the other waits for it: npm empties the folder first, under the other's feet.
 *
 * @throws CannotRehearse when npm fails, with its last words and the line to run by hand.
 */
export async function installServices(
  project: string,
  { tell, interruption }: BuildOptions,
): Promise<void> {
  const services = join(project, "services");
  if (isInstalled(services)) return;
  const giveBack = await lockEnvironment(placeOf(project, {}), {
    environment: "the-packages-of-services",
    holder: thisHolder("npm ci in services/"),
    ...{ interruption, tell },
  });
  try {
    if (isInstalled(services)) return;
    tell("installing the packages of services/ (once)");
    await orExplain("npm ci", run(services, interruption, "npm", "ci", "--no-audit", "--no-fund"));
  } finally {
    giveBack();
  }
}

function run(cwd: string, cancelSignal: AbortSignal, command: string, ...args: string[]) {
  return execa(command, args, { cwd, all: true, stdin: "ignore", cancelSignal });
}

async function orExplain(line: string, running: Promise<unknown>): Promise<void> {
  try {
    await running;
  } catch (error) {
    const { all = "" } = error as { readonly all?: string };
    const words = all.trim().split("\n").slice(-15).join("\n");
    throw new CannotRehearse(
      `services/ could not be built: ${line} failed.\n${words}\n  try: cd services && ${line}`,
    );
  }
}

/** Whether npm has installed packages since the lock file was written: it keeps a list of its own beside them. */
function isInstalled(services: string): boolean {
  const installed = join(services, "node_modules", ".package-lock.json");
  if (!existsSync(installed)) return false;
  return statSync(installed).mtimeMs >= statSync(join(services, "package-lock.json")).mtimeMs;
}
