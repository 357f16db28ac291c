// Bundles one service: its entry points, each one file without node_modules.
import { cp, rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { join } from "node:path";

import { build } from "esbuild";

const here = fileURLToPath(new URL(".", import.meta.url));

/** How whatever runs here is bundled. */
export const bundling = {
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
export const services = {
  api: ["main", "migrate", "administrator"],
  worker: ["main"],
  edge: ["main"],
  frontend: ["main"],
  backup: ["main", "once"],
};

/** Bundles a service into a directory; the frontend's page is built by build-page.mjs. */
export async function bundleService(service, outdir, plugins = []) {
  await rm(outdir, { recursive: true, force: true });
  await build({
    ...bundling,
    absWorkingDir: here,
    entryPoints: services[service].map((name) => `${service}/src/${name}.ts`),
    outdir,
    plugins,
  });
  if (service === "api")
    await cp(join(here, "api/src/migrations"), join(outdir, "migrations"), { recursive: true });
}
