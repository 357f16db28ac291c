import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import type { Mutant } from "./mutants.ts";
import { runTests, type TestRun } from "./run-tests.ts";

/** What became of a mutant. */
export interface Verdict {
  readonly mutant: Mutant;
  /** `died`: the test with its sentence failed; `elsewhere`: others did; `survived`: none; `nothing`: no test was run. */
  readonly end: "died" | "elsewhere" | "survived" | "nothing";
  readonly seconds: number;
  /** The tests that failed; what was printed where none was run. */
  readonly failed: readonly string[];
}

/**
 * Puts a defect into a copy of the project, runs its test, and takes it out again.
 *
 * @throws when what it changes does not stand there once.
 */
export async function tryMutant(
  directory: string,
  mutant: Mutant,
  signal: AbortSignal,
): Promise<Verdict> {
  const path = join(directory, mutant.file);
  const text = readFileSync(path, "utf8");
  const began = performance.now();
  writeFileSync(path, mutated(text, mutant));
  try {
    const run = await runTests(directory, mutant.test, signal);
    const seconds = Math.round((performance.now() - began) / 100) / 10;
    const failed = run.failed.length + run.passed === 0 ? [run.output] : run.failed;
    return { mutant, end: endOf(mutant, run), seconds, failed };
  } finally {
    writeFileSync(path, text);
  }
}

function endOf({ says }: Mutant, { failed, passed }: TestRun): Verdict["end"] {
  if (failed.some((name) => name.includes(says))) return "died";
  if (failed.length > 0) return "elsewhere";
  return passed > 0 ? "survived" : "nothing";
}

/** A file with a defect. @throws when what the defect replaces does not stand there once. */
export function mutated(text: string, { name, file, find, replace }: Mutant): string {
  const parts = text.split(find);
  if (parts.length === 2) return parts.join(replace);
  throw new Error(`${name}: ${JSON.stringify(find)} stands ${parts.length - 1} times in ${file}`);
}
