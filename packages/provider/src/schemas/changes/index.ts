import { readFileSync } from "node:fs";

import { z } from "zod";

const path = z.string();

/** How the Terraform JSON of one resource is edited. */
const edit = z.strictObject({
  /** New values by path; a step `#X` is the element whose key, name, rule or Sid is X. */
  set: z.record(path, z.unknown()).optional(),
  /** Path that is left out. */
  remove: path.optional(),
  /** List whose order is turned round. */
  reverse: path.optional(),
  /** List and what is added at its end. */
  append: z.tuple([path, z.unknown()]).optional(),
  /** List and what is added at its beginning. */
  prepend: z.tuple([path, z.unknown()]).optional(),
  /** Element that is taken out of its list. */
  drop: path.optional(),
  /** Element that stands in its list twice. */
  repeat: path.optional(),
  /** List whose first element stands in it once more, first, with other values. */
  copyFirst: z.tuple([path, z.record(z.string(), z.unknown())]).optional(),
  /** Element and the list that it moves to. */
  move: z.tuple([path, path]).optional(),
  /** Whether the whole resource is taken out. */
  take: z.literal(true).optional(),
  /** Argument that holds JSON as text, in which the edit is made. */
  within: z.string().optional(),
  /** The same edit of other resources: values by path, by address. */
  also: z.record(z.string(), z.record(path, z.unknown())).optional(),
});

/** An edit of a resource. */
export type MeasuredEdit = z.output<typeof edit>;

const changes = z.array(
  z.strictObject({
    /** Address of the edited resource in the stacks of staging. */
    on: z.string(),
    planned: z.enum(["replaced", "destroyed", "in place", "refused", "nothing"]),
    /** Attributes because of which it is replaced. */
    replaces: z.array(z.string()).default([]),
    /** What else the plan touches: by type what becomes of it, and of how many. */
    drags: z.record(z.string(), z.tuple([z.enum(["replaced", "in place"]), z.int()])).default({}),
    /** What applying it comes to, where that is not what was planned. */
    outcome: z.enum(["refused", "repeats", "lags"]).optional(),
    /** What kind of change it is, where that is not seen from the edit: the same value written otherwise, or less. */
    kind: z.enum(["respelled", "lowered"]).optional(),
    /** Values that stood before the edit, where they are not those of staging. */
    stood: z.record(z.string(), z.unknown()).default({}),
    /** Argument that the change is about, where the edit does not name it. */
    argument: z.string().optional(),
    /** How it is refused. */
    says: z.string().optional(),
    /** Whether Terraform refuses it by the schema, before the provider is asked. */
    bySchema: z.boolean().default(false),
    /** Why the embedded provider refuses it, where the real one does not. */
    notRehearsed: z.string().optional(),
    edits: z.array(edit),
  }),
);

/** Edits of one resource with the same effect. */
export type MeasuredChange = z.output<typeof changes>[number];

/** A part of the platform: each has a stack of its own. */
export type MeasuredPart = "storage" | "data" | "app";

/**
 * What the real providers (digitalocean 2.99.1, aws 5.100.0) do with 365 edits of the stacks of staging, measured with
 * Terraform 1.11.4, one edit a plan, `prevent_destroy` taken out.
 */
export function measuredChanges(part: MeasuredPart): readonly MeasuredChange[] {
  const text = readFileSync(new URL(`./${part}.json`, import.meta.url), "utf8");
  return changes.parse(JSON.parse(text));
}
