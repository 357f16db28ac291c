import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/** What the browser runs and how it looks. */
export interface Assets {
  readonly script: string;
  readonly style: string;
}

/** Where the browser's part begins, below the checkout that this program is of. */
const entry = "operations/dashboard-page/browser/main.ts";

/** The checkout: above this file, which lies elsewhere when it has been built. */
function checkout(from: string): string {
  if (existsSync(join(from, entry))) return from;
  const above = dirname(from);
  if (above === from) throw new Error(`${entry} is missing above ${import.meta.dirname}`);
  return checkout(above);
}

/**
 * Bundles the browser's part of the page, uPlot included: some tens of milliseconds, when the page is opened. There is no
 * built copy that could be older than its sources, and esbuild is here already, because it builds `mam` itself.
 *
 * @throws esbuild's errors for a source that cannot be read.
 */
export async function bundleAssets(): Promise<Assets> {
  const { build } = await import("esbuild");
  const root = checkout(import.meta.dirname);
  const { outputFiles } = await build({
    entryPoints: [join(root, entry)],
    absWorkingDir: root,
    outdir: "page",
    bundle: true,
    write: false,
    format: "esm",
    minify: true,
    target: ["chrome120", "firefox121", "safari17"],
    logLevel: "silent",
  });
  const textOf = (end: string) => outputFiles.find(({ path }) => path.endsWith(end))?.text;
  const [script, style] = [textOf(".js"), textOf(".css")];
  if (script === undefined || style === undefined)
    throw new Error("the page came without a script or a style");
  return { script, style };
}
