import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { execa } from "execa";

import { ProductCopy } from "./support/product-copy.ts";

let product: ProductCopy;
beforeAll(async () => {
  product = await ProductCopy.of(process.cwd());
});
afterAll(() => {
  product.remove();
});

/** Every file of a directory by its path. */
function filesOf(directory: string): Map<string, string> {
  const files = readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  return new Map(files.map((file) => [file.slice(directory.length), readFileSync(file, "utf8")]));
}

test("the cloud, the providers and the rehearsals are not in the copy", () => {
  expect(readdirSync(join(product.directory, "packages"))).toEqual(["clients"]);
  expect(readdirSync(product.directory)).not.toContain("rehearsal");
});

test("without them the program that cdktf runs writes the same bytes as the sources", async () => {
  const whole = mkdtempSync(join(tmpdir(), "whole-"));
  await execa(process.execPath, ["--import", "tsx", "main.ts"], {
    env: { PATH: process.env.PATH ?? "", CDKTF_OUTDIR: whole },
    extendEnv: false,
  });
  await product.node("operations/synth.mjs");

  const files = filesOf(whole);
  rmSync(whole, { recursive: true });
  expect([...files.keys()].filter((path) => path.endsWith("cdk.tf.json"))).toHaveLength(6);
  expect(filesOf(join(product.directory, "cdktf.out"))).toEqual(files);
});

test("without them mam has all its commands", async () => {
  const { stdout } = await execa(process.execPath, ["operations/mam.mjs", "--help"]);
  expect(stdout).toContain("deploy");
  expect(await product.node("operations/mam.mjs", "--help")).toBe(stdout);
});

test("without them the types fit", async () => {
  await expect(product.node("node_modules/typescript/bin/tsc", "--noEmit")).resolves.toBe("");
});
