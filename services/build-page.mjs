// Bundles what the browser runs: names with a hash of the content, beside each file the same in Brotli and gzip, and
// names.json, by which the server knows what the files are called.
import { mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

import { build } from "esbuild";

/** Builds the page into a directory: `static/` to be served, and `names.json`. */
export async function buildPage(directory) {
  const { metafile } = await build({
    entryPoints: {
      page: "frontend/page/main.tsx",
      style: "frontend/page/styles/index.css",
      icon: "frontend/page/icon.svg",
    },
    outdir: join(directory, "static"),
    publicPath: "/static",
    entryNames: "[name]-[hash]",
    assetNames: "[name]-[hash]",
    chunkNames: "[name]-[hash]",
    bundle: true,
    splitting: true,
    format: "esm",
    target: ["chrome120", "firefox121", "safari17"],
    minify: true,
    sourcemap: true,
    sourcesContent: false,
    metafile: true,
    tsconfigRaw: {},
    jsx: "automatic",
    jsxImportSource: "preact",
    loader: { ".svg": "copy", ".woff2": "file" },
    logLevel: "warning",
  });
  onlyOnePreact(metafile);
  await writeFile(join(directory, "names.json"), JSON.stringify(namesOf(metafile)));
  await compressAll(join(directory, "static"));
}

/** Two copies of it build and do not work: signals of one cannot be shown by the other. */
function onlyOnePreact({ inputs }) {
  const copies = Object.keys(inputs).filter((path) => /node_modules\/preact\/dist\//.test(path));
  if (copies.length !== 1)
    throw new Error(`expected one copy of preact, run npm dedupe: ${copies.join(", ")}`);
}

/** Addresses of the files that the document names. */
function namesOf({ outputs }) {
  const paths = Object.keys(outputs);
  const address = (begin, end) => {
    const path = paths.find((name) => name.includes(`/static/${begin}`) && name.endsWith(end));
    if (!path) throw new Error(`the build made no ${begin}*${end}`);
    return path.slice(path.indexOf("/static/"));
  };
  return {
    script: address("page-", ".js"),
    style: address("style-", ".css"),
    font: address("geist-latin-wght-normal-", ".woff2"),
    icon: address("icon-", ".svg"),
  };
}

const brotli = promisify(brotliCompress);
const gzipped = promisify(gzip);

async function compressAll(directory) {
  await mkdir(directory, { recursive: true });
  for (const name of await readdir(directory)) {
    if (!/\.(?:js|css|svg)$/.test(name)) continue;
    const path = join(directory, name);
    const content = await readFile(path);
    const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } };
    await writeFile(`${path}.br`, await brotli(content, quality));
    await writeFile(`${path}.gz`, await gzipped(content, { level: 9 }));
  }
}
