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
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

// `mam` and `main.ts` in one program: docs/decisions/0019. `npm ci` and `npm run build` build it, and so does whichever is
// started after its sources changed.

/** Directories of what it is built from. */
export const sources = [
  "operations",
  "stacks",
  "constructs",
  "monitoring",
  "environments",
  "packages/clients/src",
];

/** The other files that decide what is built. */
const recipe = ["main.ts", "package-lock.json", "operations/build.mjs"];

/** Programs that nobody began for this long are of no process that still runs, in milliseconds: a day. */
const old = 24 * 60 * 60 * 1000;

/** The program as it is built from what the sources say now. */
export function programOf(root) {
  const files = sources.flatMap((directory) => filesIn(root, directory, isTypeScript));
  const id = digestOf(root, [...files, ...recipe]);
  const directory = join(root, ".cache", `mam-${id}`);
  return {
    id,
    root,
    directory,
    mam: join(directory, "mam.mjs"),
    main: join(directory, "main.mjs"),
  };
}

/**
 * Builds a program that is not there yet, and keeps one that is.
 *
 * @throws esbuild's errors for a source that cannot be read, and those of the system where nothing can be written.
 */
export async function build({ id, root, directory }) {
  if (!isKept(directory)) await compile(id, root, directory);
}

const isTypeScript = (entry) => entry.isDirectory() || entry.name.endsWith(".ts");

/** Whether something was built before; then it is in use from now on, and not forgotten for a day. */
export function isKept(directory) {
  if (!existsSync(directory)) return false;
  utimesSync(directory, new Date(), new Date());
  return true;
}

/** What files say, as a hash: two checkouts that say the same have the same. */
export function digestOf(root, files) {
  const hash = createHash("sha256").update(process.version);
  for (const file of files) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update("\0");
  }
  return hash.digest("hex").slice(0, 16);
}

/**
 * The files below a directory of a checkout, in an order that is the same everywhere.
 *
 * @param isSource decides on each entry; a directory that is none is not entered.
 */
export function filesIn(root, directory, isSource) {
  return readdirSync(join(root, directory), { withFileTypes: true })
    .filter(isSource)
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .flatMap((entry) => {
      const path = `${directory}/${entry.name}`;
      return entry.isDirectory() ? filesIn(root, path, isSource) : [path];
    });
}

/**
 * Packages that the sources load by a `require` of their own are in the program, too: of a package that was there twice,
 * one copy does not know the clients of the other.
 */
const bundledPackages = {
  name: "bundled-packages",
  setup({ onLoad }) {
    onLoad({ filter: /packages\/clients\/src\/packages\.ts$/ }, ({ path }) => {
      const own = /const load = createRequire\(import\.meta\.url\);\n/;
      const text = readFileSync(path, "utf8");
      if (!own.test(text))
        throw new Error(`${path} loads packages in another way than build.mjs knows`);
      return { loader: "ts", contents: text.replace(own, "").replaceAll(" load(", " require(") };
    });
  },
};

/** Of the languages that zod speaks only ours is built in: the others are a third of what every start reads (zod 4.6.7). */
const ownLanguage = {
  name: "own-language",
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]zod[\\/]v4[\\/]locales[\\/]index\.js$/ }, () => ({
      contents: 'export { default as en } from "./en.js";',
    }));
  },
};

/** Compiles into a directory that appears as a whole; as deep as the sources, which find files beside themselves. */
async function compile(id, root, directory) {
  const { build: bundle } = await import("esbuild");
  const beside = `${directory}.${process.pid}.new`;
  await bundle({
    // What is built does not depend on where it is built from: sources are named in it by their places in the checkout.
    absWorkingDir: root,
    entryPoints: [join(root, "operations/mam.ts"), join(root, "main.ts")],
    entryNames: "[name]",
    bundle: true,
    splitting: true,
    platform: "node",
    format: "esm",
    target: "node20",
    outdir: beside,
    outExtension: { ".js": ".mjs" },
    sourcemap: "linked",
    // They lie beside it.
    sourcesContent: false,
    // A program by itself; the rest is read quicker in a few files than in the hundreds that it comes in.
    external: ["esbuild"],
    plugins: [bundledPackages, ownLanguage],
    banner: {
      js: 'import { createRequire as requireFrom } from "node:module"; const require = requireFrom(import.meta.url);',
    },
    define: { mamSources: JSON.stringify(id) },
    logLevel: "silent",
  });
  publish(beside, directory);
}

/**
 * Lets what was built appear as a whole, and forgets what nobody used for a day.
 *
 * @param directory whose name is the kind of what was built, a hyphen, and its digest.
 */
export function publish(beside, directory) {
  try {
    renameSync(beside, directory);
  } catch (error) {
    rmSync(beside, { recursive: true, force: true });
    // Somebody else was quicker.
    if (!existsSync(directory)) throw error;
  }
  forgetOld(dirname(directory), basename(directory).replace(/[^-]*$/, ""));
}

/** Removes what nobody used for a day from a directory, of what begins with a name. */
export function forgetOld(cache, kind) {
  for (const name of readdirSync(cache).filter((one) => one.startsWith(kind))) {
    const path = join(cache, name);
    // What somebody else was making has another name by now.
    const used = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Infinity;
    if (Date.now() - used > old) rmSync(path, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await build(programOf(fileURLToPath(new URL("..", import.meta.url))));
}
