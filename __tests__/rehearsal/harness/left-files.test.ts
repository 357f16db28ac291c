import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { execa } from "execa";

import { leftFiles, objectionsTo } from "../../../rehearsal/harness/left-files.ts";

let root: string;
let runs: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "mam-left-"));
  runs = join(root, "mam");
  mkdirSync(runs, { mode: 0o700 });
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

test("every file is looked at, but for the provider programs", () => {
  for (const directory of ["cdktf.out/stacks/staging-app", "providers/aws", "tmp"]) {
    mkdirSync(join(root, directory), { recursive: true });
    writeFileSync(join(root, directory, "file"), "");
  }
  writeFileSync(join(root, "providers.tfrc"), "");

  expect(
    leftFiles({ root })
      .map(({ place }) => place)
      .sort(),
  ).toEqual(["cdktf.out/stacks/staging-app/file", "providers.tfrc", "tmp/file"]);
});

test("a saved plan that is left is noticed, whatever it is called", async () => {
  const directory = join(root, "cdktf.out");
  mkdirSync(directory);
  writeFileSync(
    join(directory, "main.tf.json"),
    JSON.stringify({ output: { it: { value: "1" } } }),
  );
  await execa("terraform", ["plan", "-out=whatever"], { cwd: directory });

  expect(objectionsTo({ root, runs })).toEqual(["a saved plan lies in cdktf.out/whatever"]);
});

test("what somebody else could read of mam's own is noticed, and what a closed directory hides is not", () => {
  writeFileSync(join(runs, "owner.json"), "{}", { mode: 0o644 });
  const hidden = objectionsTo({ root, runs });
  chmodSync(runs, 0o755);

  expect(hidden).toEqual([]);
  expect(objectionsTo({ root, runs })).toEqual(["others may read mam/owner.json"]);
});
