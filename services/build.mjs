// Bundles each service into its dist/: what an image and the rehearsal run is the same few files, without node_modules.
import { rm } from "node:fs/promises";

import { build } from "esbuild";

const shared = {
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node20",
  sourcemap: true,
  logLevel: "warning",
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
  const outdir = `${service}/dist`;
  await rm(outdir, { recursive: true, force: true });
  await build({
    ...shared,
    entryPoints: entries.map((name) => `${service}/src/${name}.ts`),
    outdir,
  });
}
