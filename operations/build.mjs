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
import { fileURLToPath } from "node:url";

// `mam` in one program: docs/decisions/0019. `npm ci` and `npm run build` build it, and so does `mam` whose sources changed.

/** Directories of what it is built from. */
const sources = ["operations", "stacks", "constructs", "environments", "packages/clients/src"];

/** Files that decide how it is built. */
const recipe = ["package-lock.json", "operations/build.mjs"];

/** Programs that nobody began for this long are of no process that still runs, in milliseconds: a day. */
const old = 24 * 60 * 60 * 1000;

/** The program as it is built from what the sources say now. */
export function programOf(root) {
  const id = digestOf(root);
  const directory = join(root, ".cache", `mam-${id}`);
  return { id, root, directory, file: join(directory, "mam.mjs") };
}

/**
 * Builds a program that is not there yet, and keeps one that is.
 *
 * @throws esbuild's errors for a source that cannot be read, and those of the system where nothing can be written.
 */
export async function build({ id, root, directory }) {
  if (existsSync(directory)) utimesSync(directory, new Date(), new Date());
  else await compile(id, root, directory);
}

/** What the sources say, as a hash: two checkouts that say the same have the same. */
function digestOf(root) {
  const hash = createHash("sha256").update(process.version);
  for (const file of [...sources.flatMap((directory) => filesIn(root, directory)), ...recipe]) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update("\0");
  }
  return hash.digest("hex").slice(0, 16);
}

function filesIn(root, directory) {
  return readdirSync(join(root, directory), { withFileTypes: true })
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .flatMap((entry) => {
      const path = `${directory}/${entry.name}`;
      if (entry.isDirectory()) return filesIn(root, path);
      return path.endsWith(".ts") ? [path] : [];
    });
}

/** Compiles into a directory that appears as a whole; as deep as the sources, which find files beside themselves. */
async function compile(id, root, directory) {
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
  forgetOld(join(root, ".cache"));
}

function forgetOld(cache) {
  for (const name of readdirSync(cache).filter((one) => one.startsWith("mam-"))) {
    const path = join(cache, name);
    if (Date.now() - statSync(path).mtimeMs > old) rmSync(path, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await build(programOf(fileURLToPath(new URL("..", import.meta.url))));
}
