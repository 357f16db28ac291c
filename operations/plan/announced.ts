import { differencesOf } from "./difference.ts";
import type { NamedResource } from "./named.ts";
import type { PlannedStack } from "./plan-stacks.ts";
import { type ExplainedResource, explainResource } from "./resources.ts";

/** What was said of a stack before its last plan was made. */
export interface Announcement {
  /** An earlier plan that was shown; undefined where none could be made. */
  readonly shown: PlannedStack | undefined;
  /** Resources that were named as those that will be made. */
  readonly named: readonly NamedResource[];
}

/**
 * Whether a plan does nothing but what was announced: it makes what was named, or does what an earlier plan did, whose
 * values may have become known since.
 */
export function isAnnounced({ saved }: PlannedStack, { shown, named }: Announcement): boolean {
  const before = shown ? partsOf(shown) : named.map(({ address }) => `create ${address}`);
  const known = new Set(before);
  return partsOfPlan(saved.plan.resource_changes).every(
    (part) => known.has(part.text) || (part.where !== undefined && known.has(part.where)),
  );
}

interface Part {
  readonly text: string;
  /** The same without its value, as an earlier plan has it that does not know the value yet. */
  readonly where?: string;
}

type Changes = PlannedStack["saved"]["plan"]["resource_changes"];

function partsOf({ saved }: PlannedStack): string[] {
  const unknown = saved.plan.resource_changes.flatMap(({ address, change }) =>
    differencesOf(change)
      .filter((difference) => difference.unknown)
      .map(({ path }) => `${address} ${path}`),
  );
  return [...partsOfPlan(saved.plan.resource_changes).map(({ text }) => text), ...unknown];
}

function partsOfPlan(changes: Changes): Part[] {
  return changes.flatMap((change) => {
    const { resource } = explainResource(change);
    return resource ? partsOfResource(resource) : [];
  });
}

function partsOfResource({ action, address, attributes }: ExplainedResource): Part[] {
  return [
    { text: `${action} ${address}` },
    ...attributes.map(({ path, after }) => ({
      text: `${address} ${path} → ${after}`,
      where: `${address} ${path}`,
    })),
  ];
}
