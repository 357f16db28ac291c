import { z } from "zod";

import { imagesSchema } from "../../environments/schema/release.ts";

const finding = z.object({
  id: z.string(),
  severity: z.enum(["error", "warning"]),
  resource: z.string(),
  expected: z.string(),
  found: z.string(),
  fix: z.string(),
});

const stack = z.object({
  /** What the stack said, as a hash: a stack that says the same again need not be planned for a release. */
  fingerprint: z.string(),
  outcome: z.enum([
    "applied",
    "unchanged",
    "not planned",
    "not begun",
    /** Only the state knows how far it came. */
    "interrupted",
    "failed",
  ]),
});

/** What the checks of verify came to. Warnings are not failures. */
const verified = z.object({
  /** When verify ended. */
  at: z.iso.datetime(),
  passed: z.number(),
  warned: z.number(),
  failed: z.number(),
  /** Checks that could not be made, by id: nobody knows what they would have found. */
  skipped: z.array(z.string()),
});

/** What verify made of a release, as it is remembered. */
export type Verified = z.output<typeof verified>;

/** What became of a release: `running` is one that is under way, or whose process was killed. */
const results = ["running", "succeeded", "failed", "interrupted", "rolled back"] as const;

/**
 * An entry, for whoever writes one and whoever reads it. A field that is not here is left out: no check, and no later
 * version of this program, can write an entry that this one cannot read.
 */
export const entrySchema = z.object({
  /** Sorts by time, and short enough to be typed: `20261124-013427-9f3a`. */
  id: z.string(),
  kind: z.enum(["deployment", "rollback", "emergency rollback"]),
  who: z.string(),
  /** The process that made it, to tell later whether it still runs. */
  process: z.object({ host: z.string(), pid: z.number() }).optional(),
  /** Commit of the project; with `+` behind it when files were changed since. Absent outside of git. */
  commit: z.string().optional(),
  begun: z.iso.datetime(),
  ended: z.iso.datetime().optional(),
  images: imagesSchema,
  /** What the environment's file said besides, as a hash. Absent in entries from before it was recorded. */
  settings: z.string().optional(),
  stacks: z.object({ storage: stack.optional(), data: stack.optional(), app: stack.optional() }),
  /** What tells the files that were deployed from older ones; absent in entries from before there was one. */
  files: z
    .object({
      /** Revision of each secret in the rotation file; what was never rotated is left out. */
      rotation: z.record(z.string(), z.number()),
      /** Whether there was a sealed file. */
      sealed: z.boolean(),
      /** How many secrets were remembered as retired. */
      retired: z.number(),
    })
    .optional(),
  /** The app's active deployment afterwards. */
  deployment: z.string().optional(),
  /** Fingerprints of the passwords that this deployment took from the databases, by user. */
  passwords: z.record(z.string(), z.string()).optional(),
  findings: z.array(finding),
  /**
   * What verify made of it once it ran. Absent where it did not come so far, and in entries from before it was recorded, of
   * which only those that succeeded were verified.
   */
  verified: verified.optional(),
  overrides: z.array(z.object({ rule: z.string(), reason: z.string() })),
  result: z.enum(results),
  /** Why it did not succeed. */
  reason: z.string().optional(),
});

/** One release of an environment, as it is remembered. It contains no secret. */
export type LedgerEntry = z.output<typeof entrySchema>;
