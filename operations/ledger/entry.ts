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

/** What watching a release after the switch came to. */
const analysis = z.object({
  /** `not known`: something could not be read, and nobody takes that for well. */
  outcome: z.enum(["kept", "turned red", "not known", "interrupted"]),
  /** How long it was watched, in seconds. */
  seconds: z.number(),
  /** What turned red, and by what value. */
  red: z.array(
    z.object({
      name: z.string(),
      observed: z.number().nullable(),
      threshold: z.number().nullable(),
      unit: z.string(),
    }),
  ),
  /** What was red before the release, and did not count against it. */
  before: z.array(z.string()),
  /** What could not be read, each with why. */
  unread: z.array(z.string()),
  /** What was not watched, each with why. */
  unasked: z.array(z.string()),
  /** What had nothing to measure, such as requests at night. */
  unmeasured: z.array(z.string()),
});

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
  stacks: z.object({
    storage: stack.optional(),
    data: stack.optional(),
    app: stack.optional(),
    /** Machines with a card; absent where there is none. */
    gpu: stack.optional(),
  }),
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
  /** What watching it came to; absent where it was not watched. */
  analysis: analysis.optional(),
  overrides: z.array(z.object({ rule: z.string(), reason: z.string() })),
  result: z.enum(results),
  /** Why it did not succeed. */
  reason: z.string().optional(),
});

/** One release of an environment, as it is remembered. It contains no secret. */
export type LedgerEntry = z.output<typeof entrySchema>;
