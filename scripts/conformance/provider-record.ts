import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { z } from "zod";

import { awsResources, digitaloceanResources } from "@mam-infra/provider";
import { awsSchema, digitaloceanSchema } from "@mam-infra/provider/schemas/index";
import { writeAtomically } from "../../operations/context/atomic-write.ts";
import type { Comparison } from "./provider-fields.ts";

const file = fileURLToPath(new URL("provider-record.json", import.meta.url));

const record = z.strictObject({
  /** Day of the comparison, as YYYY-MM-DD. */
  on: z.iso.date(),
  /** What was compared with: `digitalocean 2.99.1, aws 5.100.0`. */
  programs: z.string(),
  fields: z.int(),
  behaviours: z.int(),
  differences: z.array(z.strictObject({ what: z.string(), why: z.string().exactOptional() })),
  /** Of what was compared: another one has to be compared again. */
  digest: z.string(),
});

/** How the embedded providers compared with the programs. */
export type ProviderRecord = Readonly<z.infer<typeof record>>;

/** Differences that are meant, each with its reason. */
const explained: Readonly<Record<string, string>> = {
  "aws_s3_bucket replaced by object_lock_configuration.object_lock_enabled":
    "It replaces the bucket by the program's documentation; the plans that were read had no such edit.",
  "aws_s3_bucket default of versioning.enabled":
    "The program fills it in where the block stands; the plans that were read had none.",
  "digitalocean_firewall computed pending_changes":
    "Nothing is pending in the cloud for longer than a request, so that it is always empty.",
};

/** The schemas and behaviours of this checkout in one hash. Rules and suppressions are functions: only their places count. */
export function providersDigest(): string {
  const resources = [...digitaloceanResources, ...awsResources].map(
    ({ type, behaviour: { force_new, computed_blocks, defaults, timeouts } }) =>
      [type, force_new, computed_blocks, defaults, timeouts] as const,
  );
  const text = JSON.stringify([digitaloceanSchema, awsSchema, resources]);
  return createHash("sha256").update(text).digest("hex");
}

/** What comparisons came to. */
export function providerRecord(
  fields: readonly Comparison[],
  behaviours: readonly Comparison[],
  programs: string,
  now: Date,
): ProviderRecord {
  const differences = [...fields, ...behaviours].flatMap(({ what, difference }) => {
    const why = explained[what];
    if (difference === undefined) return [];
    return [{ what: `${what}: ${difference}`, ...(why === undefined ? {} : { why }) }];
  });
  return {
    on: now.toISOString().slice(0, 10),
    programs,
    fields: fields.length,
    behaviours: behaviours.length,
    differences,
    digest: providersDigest(),
  };
}

/** What is kept. @throws ZodError when the file holds something else. */
export function readProviderRecord(): ProviderRecord {
  return record.parse(JSON.parse(readFileSync(file, "utf8")));
}

/** Keeps what came out. */
export function keepProviderRecord(made: ProviderRecord): void {
  writeAtomically(file, `${JSON.stringify(made, null, 2)}\n`);
}

/** The numbers in a sentence. */
export function providerSentence({
  fields,
  behaviours,
  differences,
  programs,
}: ProviderRecord): string {
  const open = differences.filter(({ why }) => why === undefined).length;
  const reasons = open === 0 ? "each with a reason" : `**${open} without a reason**`;
  const agreeing = fields + behaviours - differences.length;
  return `The embedded providers declare ${fields} attributes and blocks, and of what no schema says ${behaviours} replacements, defaults, timeouts and the like were read in the programs (${programs}): ${agreeing} of ${fields + behaviours} are the same, ${differences.length} differ, ${reasons}.`;
}
