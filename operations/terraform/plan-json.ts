import { z } from "zod";

/** Marks of what is sensitive or unknown: `true` for all of a value, or a structure like the value's. */
const marks = z.unknown();

const resourceChange = z.looseObject({
  address: z.string(),
  mode: z.string(),
  type: z.string(),
  name: z.string(),
  action_reason: z.string().optional(),
  change: z.looseObject({
    actions: z.array(z.string()),
    before: z.unknown(),
    after: z.unknown(),
    before_sensitive: marks.optional(),
    after_sensitive: marks.optional(),
    after_unknown: marks.optional(),
    /** What it is imported by, where an import block names it and no state knows it. */
    importing: z.looseObject({ id: z.string().optional() }).nullish(),
    replace_paths: z.array(z.array(z.union([z.string(), z.number()]))).optional(),
  }),
});

/** A resource in a plan: what stands, what would stand, and what of it must not be shown. */
export type ResourceChange = z.output<typeof resourceChange>;

/**
 * A saved plan as `terraform show -json` writes it, format 1.2 (developer.hashicorp.com/terraform/internals/json-format).
 * It contains secrets in clear: it is never written anywhere.
 */
export const planSchema = z.looseObject({
  format_version: z.string().regex(/^1\./),
  resource_changes: z.array(resourceChange).default([]),
  /** What differs from the state, whoever changed it; whether anything follows from it is in the changes. */
  resource_drift: z.array(resourceChange).default([]),
  output_changes: z.record(z.string(), z.looseObject({ actions: z.array(z.string()) })).default({}),
});

/** A saved plan. */
export type PlanJson = z.output<typeof planSchema>;

/** The plan of a stack in which nothing changes. */
export const emptyPlan: PlanJson = {
  format_version: "1.2",
  resource_changes: [],
  resource_drift: [],
  output_changes: {},
};
