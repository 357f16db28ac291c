import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import module from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

import { execa } from "execa";

import { sources } from "../../operations/build.mjs";

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "mam-launcher-"));
  for (const directory of sources) {
    mkdirSync(join(root, directory), { recursive: true });
  }
  for (const file of ["operations/mam.mjs", "operations/build.mjs"]) cpSync(file, join(root, file));
  writeFileSync(join(root, "package.json"), '{ "type": "module" }');
  writeFileSync(join(root, "package-lock.json"), "{}");
  writeFileSync(join(root, "main.ts"), "");
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

const built = () => readdirSync(join(root, ".cache"));

test("the command builds itself once, and again when its sources say something else", async () => {
  expect(await run()).toBe("one true");
  const [first] = built();
  const later = new Date(Date.now() + 60_000);
  utimesSync(join(root, "operations/mam.ts"), later, later);

  expect(await run()).toBe("one true");
  expect(built()).toEqual([first]);

  const { mtime } = statSync(join(root, "operations/mam.ts"));
  writeProgram("two");
  utimesSync(join(root, "operations/mam.ts"), mtime, mtime);
  expect(await run()).toBe("two true");
  expect(built()).toHaveLength(2);
});

test("what another process is making at that moment, and has made when it is looked at, is in nobody's way", async () => {
  mkdirSync(join(root, ".cache"));
  symlinkSync("under another name by now", join(root, ".cache", "mam-0a0b.4711.new"));

  expect(await run()).toBe("one true");
});

test("a program that was built before is what the command runs", async () => {
  await execa("node", [join(root, "operations/build.mjs")]);
  const [program] = built();
  writeFileSync(join(root, ".cache", String(program), "mam.mjs"), 'console.log("built before");');

  expect(await run()).toBe("built before");
});

test("what Node.js compiled is kept with the program, from the version on that can keep it", async () => {
  await run();
  const [program] = built();

  expect(existsSync(join(root, ".cache", String(program), "compiled"))).toBe(
    "enableCompileCache" in module,
  );
});

test("where nothing can be written, the command says why and runs from its sources", async () => {
  writeFileSync(join(root, ".cache"), "");
  const { stdout, stderr } = await execa("node", [join(root, "operations/mam.mjs")]);

  expect(stdout).toBe("one false");
  expect(stderr).toMatch(/^mam runs from its sources, .*\.cache/);
  expect(stderr).toContain(`fix: make ${root}/.cache a directory that this user can write`);
});

test("a source that cannot be read is no reason to run from the sources", async () => {
  writeFileSync(join(root, "operations/mam.ts"), "const = ;");
  const { exitCode, stderr } = await execa("node", [join(root, "operations/mam.mjs")], {
    reject: false,
  });

  expect(exitCode).not.toBe(0);
  expect(stderr).not.toContain("runs from its sources");
});
