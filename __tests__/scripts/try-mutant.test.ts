import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Mutant } from "../../scripts/mutants/mutants.ts";
import { tryMutant } from "../../scripts/mutants/try-mutant.ts";

const program = "export const sum = (one: number, other: number) => one + other;\n";
const tests = `
import assert from "node:assert/strict";
import { test } from "node:test";
import { sum } from "./sum.ts";

test("two and three are five", () => { assert.equal(sum(2, 3), 5); });
test("nothing and nothing are nothing", () => { assert.equal(sum(0, 0), 0); });
`;

let project: string;
beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), "mam-try-mutant-"));
  mkdirSync(join(project, "services"));
  symlinkSync(join(process.cwd(), "node_modules"), join(project, "services/node_modules"));
  writeFileSync(join(project, "services/package.json"), '{"type":"module"}');
  writeFileSync(join(project, "services/sum.ts"), program);
  writeFileSync(join(project, "services/sum.test.ts"), tests);
});
afterAll(() => {
  rmSync(project, { recursive: true });
});

const mutant = (replace: string, says: string): Mutant => ({
  name: "a-defect",
  area: "services",
  file: "services/sum.ts",
  find: "one + other",
  replace,
  test: "services/sum.test.ts",
  says,
  slow: false,
});

test.each([
  ["died", mutant("one - other", "two and three are five"), ["two and three are five"]],
  ["elsewhere", mutant("one - other", "nothing and nothing"), ["two and three are five"]],
  ["survived", mutant("other + one", "two and three are five"), []],
  ["nothing", mutant("(", "two and three are five"), [expect.stringContaining("sum")]],
])("a defect that %s is told so, and its file is whole again", async (end, tried, failed) => {
  const verdict = await tryMutant(project, tried, new AbortController().signal);

  expect([verdict.end, verdict.failed]).toEqual([end, failed]);
  expect(readFileSync(join(project, "services/sum.ts"), "utf8")).toBe(program);
});
