import { readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { execa } from "execa";

import { ProductCopy } from "../support/product-copy.ts";

let product: ProductCopy;
beforeAll(async () => {
  product = await ProductCopy.of(process.cwd());
});
afterAll(() => {
  product.remove();
});

/** What `cdktf` runs, as its file says. */
function synthesise() {
  const { app } = JSON.parse(readFileSync(join(product.directory, "cdktf.json"), "utf8")) as {
    app: string;
  };
  return execa("sh", ["-c", app], {
    cwd: product.directory,
    env: { PATH: process.env.PATH ?? "" },
    extendEnv: false,
    reject: false,
  });
}

const stacks = () => readdirSync(join(product.directory, "cdktf.out/stacks"));

test("a file of an environment that throws is told by its line, as by the sources", async () => {
  const file = join(product.directory, "environments/staging.ts");
  const valid = readFileSync(file, "utf8");
  writeFileSync(file, `${valid}\nunknownName();\n`);
  const { exitCode, stderr } = await synthesise();
  writeFileSync(file, valid);

  expect(exitCode).toBe(1);
  expect(stderr).toContain(`environments/staging.ts:${valid.split("\n").length + 1}:1`);
  expect(stderr).toContain("unknownName is not defined");
});

test("where nothing can be built, the sources write the stacks", async () => {
  const cache = join(product.directory, ".cache");
  rmSync(cache, { recursive: true, force: true });
  writeFileSync(cache, "no directory");
  const { exitCode, stderr } = await synthesise();
  rmSync(cache);

  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  expect(stacks()).toContain("staging-app");
});
