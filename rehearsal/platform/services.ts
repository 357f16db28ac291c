import { createHash } from "node:crypto";
import {
  existsSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
} from "node:fs";
import { join } from "node:path";

import { execa } from "execa";

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
const notSources = new Set(["node_modules", "dist", "__tests__", "bench", "conformance"]);

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
  const directory = join(project, ".cache", `services-${digestOf(services)}`);
  if (existsSync(directory)) {
    utimesSync(directory, new Date(), new Date());
    return { directory };
  }
  if (!isInstalled(services)) {
    tell("installing the packages of services/ (once)");
    await orExplain("npm ci", run(services, interruption, "npm", "ci", "--no-audit", "--no-fund"));
  }
  tell("building services/");
  const beside = `${directory}.${process.pid}.new`;
  await orExplain("npm run build", run(services, interruption, "node", "build.mjs", beside));
  renameSync(beside, directory);
  forgetOld(join(project, ".cache"));
  return { directory };
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

function digestOf(services: string): string {
  const hash = createHash("sha256").update(process.version);
  for (const file of sourcesIn(services, "")) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(services, file)))
      .update("\0");
  }
  return hash.digest("hex").slice(0, 16);
}

function sourcesIn(services: string, folder: string): string[] {
  return readdirSync(join(services, folder), { withFileTypes: true })
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .flatMap((entry) => {
      if (notSources.has(entry.name)) return [];
      const path = join(folder, entry.name);
      return entry.isDirectory() ? sourcesIn(services, path) : [path];
    });
}

/** What nobody began to use for this long is of no rehearsal that still runs, in milliseconds: a day. */
const old = 24 * 60 * 60 * 1000;

function forgetOld(cache: string): void {
  for (const name of readdirSync(cache).filter((one) => one.startsWith("services-"))) {
    const path = join(cache, name);
    if (Date.now() - statSync(path).mtimeMs > old) rmSync(path, { recursive: true, force: true });
  }
}
