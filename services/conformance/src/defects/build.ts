import { cp, mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import type { Plugin } from "esbuild";

import { bundleService } from "../../../bundle.mjs";
import type { Defect } from "./defect.ts";

const services = fileURLToPath(new URL("../../../", import.meta.url));

/** A service with a defect, built as its image has it. */
export interface DefectiveBuild {
  readonly directory: string;
  remove(): Promise<void>;
}

/**
 * Text with one place changed.
 *
 * @throws Error when the place is not there exactly once: the list of defects has to follow the sources.
 */
export function changed(text: string, { file, line, instead, defect }: Defect): string {
  const places = text.split(line).length - 1;
  if (places !== 1)
    throw new Error(
      `"${defect}": expected this once in services/${file}, found it ${places} times:\n  ${line}\n` +
        "Say in services/conformance/src/defects/ what stands there now.",
    );
  return text.replace(line, () => instead);
}

/** Reads the source with the defect instead of the one without. */
function plugin(defect: Defect): Plugin {
  const path = join(services, defect.file);
  return {
    name: "defect",
    setup: (build) => {
      let isThere = false;
      build.onLoad({ filter: /\.ts$/ }, async (loaded) => {
        if (loaded.path !== path) return undefined;
        isThere = true;
        return { contents: changed(await readFile(path, "utf8"), defect), loader: "ts" };
      });
      build.onEnd(() => {
        if (!isThere) throw new Error(`the ${defect.service} does not use services/${defect.file}`);
      });
    },
  };
}

/**
 * Builds a service with a defect.
 *
 * @param built where it was built without: the page is taken from there.
 */
export async function buildDefective(defect: Defect, built: string): Promise<DefectiveBuild> {
  const directory = await mkdtemp(join(tmpdir(), "defect-"));
  const outdir = join(directory, "dist");
  await mkdir(outdir);
  await cp(join(built, "package.json"), join(directory, "package.json"));
  await bundleService(defect.service, outdir, [plugin(defect)]);
  if (defect.service === "frontend")
    await cp(join(built, "dist/page"), join(outdir, "page"), { recursive: true });
  return { directory, remove: () => rm(directory, { recursive: true }) };
}
