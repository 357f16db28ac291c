import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { z } from "zod";

import { writeAtomically } from "../../operations/context/atomic-write.ts";
import type { Verdict } from "./try-mutant.ts";

const file = fileURLToPath(new URL("record.json", import.meta.url));

const record = z.strictObject({
  /** Day of the run, as YYYY-MM-DD. */
  on: z.iso.date(),
  tried: z.int(),
  died: z.int(),
  /** Seconds of the whole run. */
  seconds: z.number(),
  /** Names of those that did not die by their sentences. */
  left: z.array(z.string()),
});

/** What the last run over all mutants came to. */
export type MutantRecord = Readonly<z.infer<typeof record>>;

/** What is kept; undefined before the first run over all. @throws ZodError when the file holds something else. */
export function readMutantRecord(): MutantRecord | undefined {
  return existsSync(file) ? record.parse(JSON.parse(readFileSync(file, "utf8"))) : undefined;
}

/** What a run came to. */
export function recordOf(
  verdicts: readonly Pick<Verdict, "mutant" | "end" | "seconds">[],
  now: Date,
): MutantRecord {
  const left = verdicts.filter(({ end }) => end !== "died").map(({ mutant }) => mutant.name);
  return {
    on: now.toISOString().slice(0, 10),
    tried: verdicts.length,
    died: verdicts.length - left.length,
    seconds: Math.round(verdicts.reduce((sum, { seconds }) => sum + seconds, 0)),
    left,
  };
}

/** Keeps what a run over all mutants came to, for docs/mutants.md. */
export function keepMutantRecord(verdicts: readonly Verdict[], now: Date): void {
  writeAtomically(file, `${JSON.stringify(recordOf(verdicts, now), null, 2)}\n`);
}
