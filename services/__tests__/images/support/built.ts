import { execFile } from "node:child_process";
import { chmod, mkdtemp, readFile, readdir, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";
import { promisify } from "node:util";

import { copyContext } from "./context.ts";
import { imageNames, services } from "./dockerfile.ts";

const run = promisify(execFile);

/** What the stage "build" of the Dockerfiles leaves: a folder for each image. */
export interface Built {
  readonly directory: string;
  /** What the build wrote to standard output and error. */
  readonly said: string;
  /** Files that are in a service's bundle and neither in the context nor a package of services/. */
  readonly foreign: readonly string[];
  /** Removes it. */
  remove(): Promise<void>;
}

/** Does what that stage does: copies the context, installs, and builds from these files alone. */
export async function build(): Promise<Built> {
  const context = await realpath(await mkdtemp(join(tmpdir(), "mam-context-")));
  const directory = await mkdtemp(join(tmpdir(), "mam-images-"));
  try {
    await copyContext(context);
    const { stdout, stderr } = await run(process.execPath, ["build.mjs", directory], {
      cwd: context,
    });
    await chmod(directory, 0o755);
    const remove = () => rm(directory, { recursive: true, force: true });
    const foreign = await foreignFiles(directory, context);
    return { directory, said: stdout + stderr, foreign, remove };
  } finally {
    await rm(context, { recursive: true, force: true });
  }
}

/** Above each file that it takes, the bundler writes its path. */
async function foreignFiles(directory: string, context: string): Promise<string[]> {
  const ours = [context, join(await realpath(services), "node_modules")];
  const bundles = imageNames.map(async (name) => {
    const text = await readFile(join(directory, name, "dist/main.js"), "utf8");
    const paths = [...text.matchAll(/^\/\/ (\S+\.(?:m|c)?[jt]s)$/gm)].map(([, path = ""]) => path);
    if (paths.length === 0) throw new Error(`${name}: the bundle names no file`);
    return paths.map((path) => resolve(context, path));
  });
  const isOurs = (path: string) => ours.some((folder) => !relative(folder, path).startsWith(".."));
  return (await Promise.all(bundles)).flat().filter((path) => !isOurs(path));
}

/** Who images run as, when we may be somebody else; otherwise who we are. */
export const imageUser = process.getuid?.() === 0 ? { uid: 1000, gid: 1000 } : {};

/** Paths of all that an image has below its working directory, two levels deep. */
export async function contentOf(directory: string): Promise<readonly string[]> {
  const names = await readdir(directory, { withFileTypes: true });
  const inside = names.map(async (entry) => {
    if (!entry.isDirectory()) return [entry.name];
    return (await readdir(join(directory, entry.name))).map((name) => join(entry.name, name));
  });
  return (await Promise.all(inside)).flat().sort();
}
