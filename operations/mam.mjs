#!/usr/bin/env node
import { createHash } from "node:crypto";
import { existsSync, readdirSync, renameSync, rmSync, statSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

// Compiling all of it takes an eighth of a second, and loading it file by file takes half a second: docs/decisions/0019.

// A command reads each text once: compiling a reader for it, as zod does otherwise, takes longer than reading (zod 4.6.7).
globalThis.__zod_globalConfig = { jitless: true };

const root = fileURLToPath(new URL("..", import.meta.url));
const cache = join(root, ".cache");
const sources = ["operations", "stacks", "constructs", "environments", "packages/clients/src"];

/** Programs that nobody began for this long are of no process that still runs, in milliseconds: a day. */
const old = 24 * 60 * 60 * 1000;

/** What the program is made from, as a hash of names, sizes and times. */
function fingerprint() {
  const files = [
    ...sources.flatMap((directory) =>
      readdirSync(join(root, directory), { recursive: true })
        .filter((file) => file.endsWith(".ts"))
        .map((file) => join(directory, file)),
    ),
    "package-lock.json",
    "operations/mam.mjs",
  ].sort();
  const hash = createHash("sha256").update(process.version);
  for (const file of files) {
    const { size, mtimeMs } = statSync(join(root, file));
    hash.update(`${file} ${size} ${mtimeMs}\n`);
  }
  return hash.digest("hex").slice(0, 16);
}

/** Compiles into a directory that appears as a whole; as deep as the sources, which find files beside themselves. */
async function compile(directory, id) {
  const { buildSync } = await import("esbuild");
  const beside = `${directory}.${process.pid}.new`;
  buildSync({
    entryPoints: [join(root, "operations/mam.ts")],
    bundle: true,
    splitting: true,
    platform: "node",
    format: "esm",
    target: "node20",
    outdir: beside,
    outExtension: { ".js": ".mjs" },
    sourcemap: "linked",
    // Large, or loaded by `require` where they are needed.
    external: ["@aws-sdk/*", "@cdktf/*", "cdktf", "constructs", "esbuild", "listr2", "undici"],
    banner: {
      js: 'import { createRequire as requireFrom } from "node:module"; const require = requireFrom(import.meta.url);',
    },
    define: { mamSources: JSON.stringify(id) },
    logLevel: "silent",
  });
  try {
    renameSync(beside, directory);
  } catch (error) {
    rmSync(beside, { recursive: true, force: true });
    // Somebody else was quicker.
    if (!existsSync(directory)) throw error;
  }
  for (const name of readdirSync(cache).filter((one) => one.startsWith("mam-"))) {
    const path = join(cache, name);
    if (Date.now() - statSync(path).mtimeMs > old) rmSync(path, { recursive: true, force: true });
  }
}

/** The compiled program; undefined where it cannot be compiled or written, and runs from its sources. */
async function compiled() {
  const id = fingerprint();
  const directory = join(cache, `mam-${id}`);
  try {
    if (existsSync(directory)) utimesSync(directory, new Date(), new Date());
    else await compile(directory, id);
    return pathToFileURL(join(directory, "mam.mjs")).href;
  } catch (error) {
    // A source that is no TypeScript can run in no way; where nothing can be written there is another.
    if (error.errors?.some(({ location }) => location)) throw error;
    return undefined;
  }
}

/** Runs the program: as it was compiled, or from its sources. */
async function run() {
  const program = await compiled();
  if (program !== undefined) {
    await import(program);
    return;
  }
  await import("tsx");
  await import("./mam.ts");
}

try {
  await run();
} catch (error) {
  await import("tsx");
  const { tellUnreadable } = await import("./unreadable.ts");
  process.exitCode = tellUnreadable(error);
}
