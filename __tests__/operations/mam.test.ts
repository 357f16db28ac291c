import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

import { execa } from "execa";

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "mam-launcher-"));
  for (const directory of [
    "operations",
    "stacks",
    "constructs",
    "environments",
    "packages/clients/src",
  ]) {
    mkdirSync(join(root, directory), { recursive: true });
  }
  cpSync("operations/mam.mjs", join(root, "operations/mam.mjs"));
  writeFileSync(join(root, "package.json"), '{ "type": "module" }');
  writeFileSync(join(root, "package-lock.json"), "{}");
  symlinkSync(resolve("node_modules"), join(root, "node_modules"));
  writeProgram("one");
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

const writeProgram = (word: string) => {
  const program = `const word: string = "${word}"; console.log(word, import.meta.url.includes(".cache"));`;
  writeFileSync(join(root, "operations/mam.ts"), program);
};

const run = async () => (await execa("node", [join(root, "operations/mam.mjs")])).stdout;

const compiled = () => readdirSync(join(root, ".cache"));

test("the command compiles itself once, and again when its sources change", async () => {
  expect(await run()).toBe("one true");
  expect(await run()).toBe("one true");
  expect(compiled()).toEqual([expect.stringMatching(/^mam-[0-9a-f]{16}$/)]);

  writeProgram("another");
  expect(await run()).toBe("another true");
  expect(compiled()).toHaveLength(2);
});

test("where nothing can be written, the command runs from its sources", async () => {
  writeFileSync(join(root, ".cache"), "");

  expect(await run()).toBe("one false");
});
