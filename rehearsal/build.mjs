import { readFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";

import { digestOf, filesIn, isKept, publish } from "../operations/build.mjs";

// The programs of the rehearsal, built as `mam` is: docs/decisions/0019. Nothing is built ahead: whichever is started after
// its sources changed builds all of them.

/** Directories of what they are built from. */
const sources = [
  ...["rehearsal", "operations", "stacks", "constructs", "monitoring", "environments"],
  ...["clients", "cloud", "engines", "provider"].map((name) => `packages/${name}/src`),
];

/** The other files that decide what is built. */
const recipe = ["package-lock.json", "operations/build.mjs", "rehearsal/build.mjs"];

/** Programs that are started by name, without their ending. */
const programs = ["rehearse", "parity", "keep-cloud"];

const isSource = (entry) =>
  entry.isDirectory() || (entry.name.endsWith(".ts") && !entry.name.endsWith(".d.ts"));

/**
 * Builds the programs unless they stand, and says where one is.
 *
 * @param root of the checkout.
 * @throws esbuild's errors for a source that cannot be read, and those of the system where nothing can be written.
 */
export async function builtProgram(root, name) {
  const files = sources.flatMap((directory) => filesIn(root, directory, isSource));
  const directory = join(root, ".cache", `rehearsal-${digestOf(root, [...files, ...recipe])}`);
  if (!isKept(directory)) await compile(root, directory);
  return join(directory, `${name}.mjs`);
}

/** Sources find files beside themselves, so that each goes on saying where it lies. */
const placed = {
  name: "placed",
  setup({ onLoad }) {
    onLoad({ filter: /\.ts$/ }, ({ path }) => ({
      loader: "ts",
      contents: readFileSync(path, "utf8")
        .replaceAll("import.meta.dirname", JSON.stringify(dirname(path)))
        .replaceAll("import.meta.url", JSON.stringify(pathToFileURL(path).href)),
    }));
  },
};

/** Our own packages are built in. The others are loaded from where Node.js finds them, which is beside whoever asks. */
const packages = {
  name: "packages",
  setup({ onResolve, resolve }) {
    onResolve({ filter: /^[^./]/ }, async ({ path, kind, importer, resolveDir, pluginData }) => {
      const isOwn = path.startsWith("@mam-infra/") || kind === "entry-point";
      if (isOwn || isBuiltin(path) || pluginData === packages) return undefined;
      const found = await resolve(path, { kind, importer, resolveDir, pluginData: packages });
      return found.errors.length > 0 ? found : { path: found.path, external: true };
    });
  },
};

async function compile(root, directory) {
  const { build: bundle } = await import("esbuild");
  const beside = `${directory}.${process.pid}.new`;
  await bundle({
    absWorkingDir: root,
    entryPoints: programs.map((name) => join(root, "rehearsal", `${name}.ts`)),
    entryNames: "[name]",
    bundle: true,
    splitting: true,
    platform: "node",
    format: "esm",
    target: "node20",
    // Those of Node.js itself, and no bundler's.
    conditions: ["node"],
    mainFields: ["main"],
    outdir: beside,
    outExtension: { ".js": ".mjs" },
    sourcemap: "linked",
    sourcesContent: false,
    plugins: [placed, packages],
    logLevel: "silent",
  });
  publish(beside, directory);
}
