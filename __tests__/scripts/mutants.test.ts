import { existsSync, readFileSync } from "node:fs";

import { type Mutant, mutants } from "../../scripts/mutants/mutants.ts";
import { readMutantRecord, recordOf } from "../../scripts/mutants/record.ts";
import { mutated } from "../../scripts/mutants/try-mutant.ts";
import { mutantsPage } from "../../scripts/docs/mutants.ts";

test("at least fifty defects are tried, each under a name of its own", () => {
  expect(new Set(mutants.map(({ name }) => name)).size).toBe(mutants.length);
  expect(mutants.length).toBeGreaterThanOrEqual(50);
});

test.each(mutants)("$name changes what stands once in $file", (mutant) => {
  const text = readFileSync(mutant.file, "utf8");

  expect(mutated(text, mutant)).not.toBe(text);
});

test.each(mutants)("$name dies in a test that is there: $says", ({ test: file, says }) => {
  expect(existsSync(file)).toBe(true);
  expect(readFileSync(file, "utf8")).toContain(says);
});

test("a defect whose place is gone, or is there twice, is named", () => {
  const mutant = { name: "a-defect", file: "a.ts", find: "1", replace: "2" } as Mutant;

  expect(() => mutated("3", mutant)).toThrow('a-defect: "1" stands 0 times in a.ts');
  expect(() => mutated("1 1", mutant)).toThrow('a-defect: "1" stands 2 times in a.ts');
});

test("a run is kept by how many died, and by the names of the others", () => {
  const verdict = (name: string, end: "died" | "survived") => ({
    mutant: { name } as Mutant,
    end,
    seconds: 1.4,
  });
  const run = [verdict("one", "died"), verdict("two", "survived"), verdict("three", "died")];
  const record = recordOf(run, new Date("2026-01-01T12:00:00Z"));

  expect(record).toEqual({ on: "2026-01-01", tried: 3, died: 2, seconds: 4, left: ["two"] });
  expect(mutantsPage(record)).toContain("2 of 3 died by their sentences, **left: two**");
});

test("none survived the last run over all that is kept", () => {
  expect(readMutantRecord()?.left).toEqual([]);
});
