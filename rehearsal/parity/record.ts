import { existsSync, readFileSync } from "node:fs";

import { z } from "zod";

import { versions } from "../../stacks/versions.ts";
import type { Comparison } from "./compare.ts";

/** Where what came out last is kept, from the project's directory: the programs cannot be had everywhere. */
export const recordFile = "rehearsal/parity/record.json";

const difference = z.strictObject({ what: z.string(), why: z.string().exactOptional() });

const entry = z.strictObject({
  environment: z.string(),
  suite: z.string(),
  acts: z.array(z.string()),
  values: z.int(),
  changes: z.int(),
  differences: z.array(difference),
  /** Day of the comparison, as YYYY-MM-DD. */
  on: z.iso.date(),
  /** Versions of Terraform and of the programs that were compared with. */
  versions: z.record(z.string(), z.string()),
});

const record = z.array(entry);

/** What a comparison came to, when and with which programs. */
export type RecordedComparison = Readonly<z.infer<typeof entry>>;

/** What is kept; nothing before the first comparison. @throws ZodError when the file holds something else. */
export function readRecord(): readonly RecordedComparison[] {
  return existsSync(recordFile)
    ? record.parse(JSON.parse(readFileSync(recordFile, "utf8")) as unknown)
    : [];
}

/** The record with one comparison in place of the last one of the same environment and suite. */
export function withComparison(
  kept: readonly RecordedComparison[],
  comparison: Comparison,
  now: Date = new Date(),
): readonly RecordedComparison[] {
  const { differences, acts, ...rest } = comparison;
  const made: RecordedComparison = {
    ...rest,
    acts: [...acts],
    differences: [...differences],
    on: now.toISOString().slice(0, 10),
    versions,
  };
  const isSame = (one: RecordedComparison) =>
    one.environment === made.environment && one.suite === made.suite;
  return [...kept.filter((one) => !isSame(one)), made].sort((a, b) =>
    nameOf(a).localeCompare(nameOf(b), "en"),
  );
}

const nameOf = ({ environment, suite }: RecordedComparison) => `${environment} ${suite}`;

/** The record as it stands in its file. */
export const recordText = (kept: readonly RecordedComparison[]) =>
  `${JSON.stringify(kept, null, 2)}\n`;
