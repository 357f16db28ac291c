import { createHmac } from "node:crypto";

import { z } from "zod";

import { actionOf } from "../plan/action.ts";
import { type Difference, differencesOf } from "../plan/difference.ts";
import type { NamedResource } from "../plan/named.ts";
import type { PlannedStack } from "../plan/plan-stacks.ts";
import { explainResource, meantDifferences } from "../plan/resources.ts";
import { shownSides } from "../plan/shown.ts";
import { oneLine } from "../context/printable.ts";
import type { ResourceChange } from "../terraform/plan-json.ts";
import { type AnyStack, anyStacks } from "../terraform/stack-kinds.ts";

const fieldSchema = z.strictObject({
  path: z.string(),
  /** What it will be, fit to be read by anybody. */
  after: z.string(),
  /** What it will be, in a form that only tells equal from different; absent where there is no state to key it by. */
  mark: z.string().optional(),
});

const resourceSchema = z.strictObject({
  address: z.string(),
  what: z.string(),
  action: z.string(),
  fields: z.array(fieldSchema),
});

const stackSchema = z.strictObject({
  changes: z.array(resourceSchema),
  /** Resources that a stack describes which could not be planned yet. */
  later: z.array(z.string()).optional(),
});

/**
 * What was reviewed: what becomes of each resource, and of each of its fields. It holds no secret, so that it can be
 * handed from one job to another and lie where many people read it.
 */
export const reviewedSchema = z.strictObject({
  version: z.literal(1),
  environment: z.string(),
  /** Commit of the files that were planned, with `+` behind it when files were changed since. */
  commit: z.string().optional(),
  /** When it was planned, in ISO 8601. */
  planned: z.iso.datetime(),
  stacks: z.partialRecord(z.enum(anyStacks), stackSchema),
});

/** What was reviewed of an environment's plan. */
export type Reviewed = z.output<typeof reviewedSchema>;

/** What becomes of a resource, as it was reviewed. */
export type ReviewedResource = z.output<typeof resourceSchema>;

/** What was reviewed of the stacks. */
export type ReviewedStacks = Reviewed["stacks"];

/** What marks are made with: the lineage of each stack's state, where there is one. */
export type Keys = Readonly<Partial<Record<AnyStack, string>>>;

/**
 * What plans come to, without secrets.
 *
 * Values stand there twice: as they are shown, where secrets are hidden and long ones cut, and as a mark, which tells a
 * value from another. The mark is keyed by the lineage of the stack's state, 122 random bits that stand nowhere but in
 * the state: whoever cannot read the state cannot try values out either, and whoever can has them in clear anyway.
 *
 * @param later what a stack describes that cannot be planned yet.
 */
export function reviewedStacks(
  planned: readonly PlannedStack<AnyStack>[],
  keys: Keys,
  later: Readonly<Partial<Record<AnyStack, readonly NamedResource[]>>> = {},
): ReviewedStacks {
  const changes = planned.map(({ stack, saved }) => [
    stack.kind,
    {
      changes: saved.plan.resource_changes.flatMap((change) =>
        reviewedResource(change, keys[stack.kind]),
      ),
    },
  ]);
  const named = Object.entries(later).map(([kind, resources]) => [
    kind,
    { changes: [], later: resources.map(({ address }) => address) },
  ]);
  return Object.fromEntries([...changes, ...named]) as ReviewedStacks;
}

function reviewedResource(
  change: ResourceChange,
  key: string | undefined,
): readonly ReviewedResource[] {
  const { resource } = explainResource(change);
  if (!resource) return [];
  const fields = fieldsOf(change).map((difference) => ({
    path: oneLine(difference.path),
    after: oneLine(shownSides(difference).after),
    ...(key === undefined ? {} : { mark: markOf(difference, key) }),
  }));
  return [
    { address: resource.address, what: oneLine(resource.what), action: resource.action, fields },
  ];
}

/** Fields of what is changed; of what is made all that it is given; none of what goes. */
function fieldsOf(change: ResourceChange): readonly Difference[] {
  switch (actionOf(change)) {
    case "create":
      return differencesOf({ ...change.change, before: {} }).filter(({ unknown }) => !unknown);
    case "change":
    case "replace":
      return meantDifferences(change);
    default:
      return [];
  }
}

/** Twelve bytes: two values do not get the same one by chance. */
const markDigits = 24;

function markOf({ path, after, unknown }: Difference, key: string): string {
  const value = unknown ? "known after it is applied" : JSON.stringify(after ?? null);
  return createHmac("sha256", key).update(`${path}\n${value}`).digest("hex").slice(0, markDigits);
}
