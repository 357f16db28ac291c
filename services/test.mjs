// Runs the tests, or those whose paths contain one of the words: node test.mjs [word...]
// They are bundled first, all into one directory: a file of tests that loads its modules one by one is half of its time at it.
import { spawn } from "node:child_process";
import { mkdtempSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

import { build } from "esbuild";

import { forgetOld } from "../operations/build.mjs";
import { bundling } from "./bundle.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));

/** They take minutes, and have commands of their own: package.json. */
const alone = [/^browser\//, /^conformance\/defects\.test\.ts$/, /^worker\/clips\.test\.ts$/];

const words = process.argv.slice(2);
const files = readdirSync(join(here, "__tests__"), { recursive: true })
  .filter((path) => path.endsWith(".test.ts") && !alone.some((one) => one.test(path)))
  .filter((path) => words.length === 0 || words.some((word) => path.includes(word)));
if (files.length === 0) {
  console.error(`no tests in services/__tests__ have ${words.join(" or ")} in their paths`);
  process.exit(2);
}

/** Sources find files beside themselves, wherever they are bundled to. */
const ownPlaces = {
  name: "own-places",
  setup({ onLoad }) {
    onLoad({ filter: /\.(ts|mjs)$/ }, async ({ path }) => {
      if (path.includes("/node_modules/")) return undefined;
      const place = JSON.stringify(pathToFileURL(path).href);
      const text = await readFile(path, "utf8");
      return { loader: "ts", contents: text.replaceAll("import.meta.url", place) };
    });
  },
};

const cache = join(here, ".cache");
mkdirSync(cache, { recursive: true });
// What a run that was killed left: none takes a day.
forgetOld(cache, "tests-");
const bundled = mkdtempSync(join(cache, "tests-"));
process.on("exit", () => {
  rmSync(bundled, { recursive: true, force: true });
});
let tests;
// Ctrl-C reaches the tests by themselves, too; what is bundled is needed until they have ended.
for (const signal of ["SIGINT", "SIGTERM"]) {
  process.on(signal, () => (tests ? tests.kill(signal) : process.exit(1)));
}
await build({
  ...bundling,
  absWorkingDir: here,
  entryPoints: files.map((path) => join("__tests__", path)),
  outbase: "__tests__",
  outdir: bundled,
  outExtension: { ".js": ".mjs" },
  splitting: true,
  sourcemap: "linked",
  // They have files beside them that they find by their own places.
  external: [...bundling.external, "esbuild", "playwright-core"],
  plugins: [ownPlaces],
});

const programs = files.map((path) => join(bundled, path.replace(/\.ts$/, ".mjs")));
tests = spawn(
  process.execPath,
  ["--enable-source-maps", "--test", "--test-concurrency=3", ...programs],
  { stdio: "inherit", cwd: here },
);
tests.on("close", (code) => {
  process.exitCode = code ?? 1;
});
