// Bundles each service into its dist/: what an image and the rehearsal run is the same few files, without node_modules.
// node build.mjs [directory]: writes <directory>/<service>/ with its package.json instead, as the image has it.
import { cp, mkdir, rm } from "node:fs/promises";
import { join } from "node:path";

import { build } from "esbuild";

import { buildPage } from "./build-page.mjs";

const target = process.argv[2];

const shared = {
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node20",
  sourcemap: true,
  logLevel: "warning",
  // tsconfig.json leans on the one above this folder, which an image's build does not have.
  tsconfigRaw: {},
  // A package asks whether it is there; above this folder it is, in an image it is not.
  external: ["supports-color"],
  // Packages in CommonJS ask for Node's own modules by require, which an ES module does not have.
  banner: {
    js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
  },
};

/** Entry points of each service. */
const services = {
  api: ["main", "migrate", "administrator"],
  worker: ["main"],
  edge: ["main"],
  frontend: ["main"],
};

for (const [service, entries] of Object.entries(services)) {
  const home = target ? join(target, service) : service;
  const outdir = join(home, "dist");
  if (target) {
    await mkdir(home, { recursive: true });
    await cp(`${service}/package.json`, join(home, "package.json"));
  }
  await rm(outdir, { recursive: true, force: true });
  await build({
    ...shared,
    entryPoints: entries.map((name) => `${service}/src/${name}.ts`),
    outdir,
  });
  if (service === "frontend") await buildPage(join(outdir, "page"));
  if (service === "api")
    await cp("api/src/migrations", join(outdir, "migrations"), { recursive: true });
}
