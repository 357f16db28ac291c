import { z } from "zod";

import type { Check, Violation } from "../../context/check.ts";
import type { GateContext } from "../context.ts";
import { type PlannedResource, plannedResources, remains } from "../planned.ts";

/**
 * A block that stands there once or not at all. Terraform's plan has a list of it; what is written for a stack that
 * Terraform refuses to plan has the block itself.
 */
const block = <Schema extends z.ZodType>(schema: Schema) =>
  z
    .union([z.array(schema), schema.transform((one) => [one])])
    .nullish()
    .transform((blocks) => blocks?.[0]);

const retentionSchema = z.looseObject({
  mode: z.string(),
  days: z.number().nullish(),
  years: z.number().nullish(),
});

const bucketSchema = z.looseObject({
  versioning: block(z.looseObject({ enabled: z.boolean().nullish() })),
  object_lock_configuration: block(
    z.looseObject({
      rule: block(z.looseObject({ default_retention: block(retentionSchema) })),
    }),
  ),
});

/** What keeps objects from being lost. */
interface Protection {
  readonly versions: boolean;
  readonly lock: { readonly mode: string; readonly days: number } | undefined;
}

/** What brings an overwritten or deleted object back. */
export const protectionRules: readonly Check<GateContext>[] = [
  {
    id: "bucket-protection",
    severity: "error",
    what: "Versioning and object lock of a bucket are not switched off, and locks are not shortened.",
    why: "An overwritten or deleted object could not be brought back.",
    fix: "leave storage.masters.versioning, storage.masters.objectLock and storage.backups.objectLock as they are",
    run: (context) =>
      plannedResources(context, ["aws_s3_bucket"])
        .filter((planned) => remains(planned) && planned.action !== "create")
        .flatMap(lostProtection),
  },
];

function lostProtection({ resource, ...values }: PlannedResource): Violation[] {
  const [before, after] = [protectionOf(values.before), protectionOf(values.after)];
  const versions = { resource, expected: "versioning on", found: "switched off" };
  const lock = { resource, expected: inWords(before.lock), found: inWords(after.lock) };
  return [
    ...(before.versions && !after.versions ? [versions] : []),
    ...(isWeaker(after.lock, before.lock) ? [lock] : []),
  ];
}

function isWeaker(after: Protection["lock"], before: Protection["lock"]): boolean {
  if (!before) return false;
  if (!after || after.days < before.days) return true;
  return before.mode === "COMPLIANCE" && after.mode !== before.mode;
}

function inWords(lock: Protection["lock"]): string {
  return lock ? `object lock ${lock.mode} for ${lock.days} days` : "no object lock";
}

function protectionOf(values: unknown): Protection {
  const { versioning, object_lock_configuration: locking } = bucketSchema.parse(values);
  const retention = locking?.rule?.default_retention;
  return {
    versions: versioning?.enabled === true,
    lock: retention && { mode: retention.mode, days: daysOf(retention) },
  };
}

function daysOf({ days, years }: z.output<typeof retentionSchema>): number {
  return days ?? (years ?? 0) * 365;
}
