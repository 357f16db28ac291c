import { existsSync, readFileSync } from "node:fs";

import { z } from "zod";

import { writeAtomically } from "../../operations/context/atomic-write.ts";
import { stackKinds } from "../../operations/terraform/stack-kinds.ts";

/** Where what came out last is kept, from the project's directory: the programs cannot be had everywhere. */
export const upgradesFile = "rehearsal/upgrade/record.json";

const plan = z.strictObject({ stack: z.enum(stackKinds), changes: z.array(z.string()) });

const entry = z.strictObject({
  environment: z.string(),
  from: z.string(),
  to: z.string(),
  /** Plans with the new over what the old deployed. */
  over: z.array(plan),
  /** Whether the new deployed a release. */
  released: z.boolean(),
  /** Plans with the old after that. */
  back: z.array(plan),
  /** Day, as YYYY-MM-DD. */
  on: z.iso.date(),
});

/** What an upgrade came to, and when. */
export type RecordedUpgrade = Readonly<z.infer<typeof entry>>;

/** What is kept; nothing before the first upgrade. @throws ZodError when the file holds something else. */
export function readUpgrades(): readonly RecordedUpgrade[] {
  return existsSync(upgradesFile)
    ? z.array(entry).parse(JSON.parse(readFileSync(upgradesFile, "utf8")))
    : [];
}

/** Writes down an upgrade, in place of the last one of the same environment between the same sides. */
export function recordUpgrade(made: RecordedUpgrade): void {
  const kept = withUpgrade(readUpgrades(), made);
  writeAtomically(upgradesFile, `${JSON.stringify(kept, null, 2)}\n`);
}

/** The record with one upgrade in place of the last one of the same environment between the same sides. */
export function withUpgrade(
  kept: readonly RecordedUpgrade[],
  made: RecordedUpgrade,
): readonly RecordedUpgrade[] {
  const others = kept.filter((one) => nameOf(one) !== nameOf(made));
  return [...others, made].sort((a, b) => nameOf(a).localeCompare(nameOf(b), "en"));
}

const nameOf = ({ environment, from, to }: RecordedUpgrade) => `${environment} ${from} ${to}`;
