// Bundles each service into its dist/: what an image and the rehearsal run is the same few files, without node_modules.
// node build.mjs [directory]: writes <directory>/<service>/ with its package.json instead, as the image has it.
import { cp, mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";

import { buildPage } from "./build-page.mjs";
import { bundleService, services } from "./bundle.mjs";

const target = process.argv[2];

for (const service of Object.keys(services)) {
  const home = resolve(target ? join(target, service) : service);
  const outdir = join(home, "dist");
  if (target) {
    await mkdir(home, { recursive: true });
    await cp(`${service}/package.json`, join(home, "package.json"));
  }
  await bundleService(service, outdir);
  if (service === "frontend") await buildPage(join(outdir, "page"));
}
