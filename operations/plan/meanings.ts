import { changeKind } from "../effects/change-kind.ts";
import type { EffectRow } from "../effects/effect.ts";
import { effectOf, effectsOf } from "../effects/effects.ts";
import type { ResourceChange } from "../terraform/plan-json.ts";
import { type Action, actionOf } from "./action.ts";
import { type Difference, differencesOf } from "./difference.ts";

/**
 * What a planned change means to users and their data, a sentence each: nothing for one that means nothing to them.
 *
 * @param differences what of it is meant; without it everything that differs.
 */
export function meaningsOf(
  change: ResourceChange,
  differences: readonly Difference[] = differencesOf(change.change),
): string[] {
  const action = actionOf(change);
  const effects = effectsOf(change.type);
  if (!action || !effects) return [];
  const whole: Partial<Record<Action, string | undefined>> = {
    replace: effects.replaced,
    destroy: effects.destroyed,
  };
  const means = effectRowsOf(change, differences).flatMap((row) => row.means ?? []);
  return [...new Set(means.length > 0 ? means : [whole[action] ?? []].flat())];
}

/** What is known of a planned change: a row for each argument that decides what becomes of the resource. */
export function effectRowsOf(
  change: ResourceChange,
  differences: readonly Difference[] = differencesOf(change.change),
): EffectRow[] {
  const action = actionOf(change);
  const { type } = change;
  return (action ? decisiveFor(action, change, differences) : []).flatMap(({ path, ...sides }) => {
    const argument = bare(path);
    return effectOf(type, argument, changeKind(type, argument, sides)) ?? [];
  });
}

/** Terraform names the attribute with indexes; a difference may be inside of it. */
export function replaces({ change }: ResourceChange, { path }: Difference): boolean {
  return (change.replace_paths ?? [])
    .map((steps) => steps.filter((step) => typeof step === "string").join("."))
    .some((attribute) => bare(path) === attribute || bare(path).startsWith(`${attribute}.`));
}

/** What decides what becomes of a resource: with one that goes for good, nothing else counts. */
function decisiveFor(
  action: Action,
  change: ResourceChange,
  differences: readonly Difference[],
): readonly Difference[] {
  if (action === "change") return differences;
  return action === "replace" ? differences.filter((one) => replaces(change, one)) : [];
}

/** A path without what tells the elements of lists apart. */
function bare(path: string): string {
  return path.replaceAll(/\[[^\]]*\]/g, "");
}
