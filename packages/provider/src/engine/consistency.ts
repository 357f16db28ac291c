import type { AttributeSchema, BlockSchema, NestedBlockSchema } from "../schemas/index.ts";
import { displayPath, schemaPath, type PathStep } from "../values/path.ts";
import {
  isObject,
  isWhollyKnown,
  itemAt,
  itemsOf,
  memberOf,
  Unknown,
  type ObjectValue,
  type Value,
} from "../values/value.ts";
import type { Behaviour } from "./behaviour.ts";
import { TIMEOUTS } from "./plan.ts";
import { fillZeros, isZero } from "./zero.ts";
import { equalValues } from "../values/equality.ts";

// With legacy_type_system on, which emulated SDK resources need, Terraform turns its own checks of a
// provider into log lines. These checks stand in their place: a wrong emulation would else show as an
// empty second plan, or not at all. Values are never named: any of them may be a secret.

/** How one comparison treats what it meets. */
interface Comparison {
  readonly behaviour: Behaviour;
  /** Whether an attribute may differ. */
  readonly free: (path: string, attribute: AttributeSchema, expected: Value) => boolean;
}

type Path = readonly PathStep[];

function attributeDiffers(
  comparison: Comparison,
  path: Path,
  attribute: AttributeSchema,
  expected: Value,
  actual: Value,
): boolean {
  if (expected === null || !isWhollyKnown(expected)) return false;
  if (comparison.free(schemaPath(path), attribute, expected)) return false;
  const normalise = comparison.behaviour.state_normalised?.[schemaPath(path)];
  const wanted =
    normalise !== undefined && typeof expected === "string" ? normalise(expected) : expected;
  if (actual instanceof Unknown) return true;
  const [a, b] = [fillZeros(wanted, attribute.type), fillZeros(actual, attribute.type)];
  return !equalValues(a, b, attribute.type);
}

function setDiffers(
  comparison: Comparison,
  nested: NestedBlockSchema,
  path: Path,
  expected: readonly Value[],
  actual: readonly Value[],
) {
  const left = [...actual];
  return expected.some((item) => {
    const at = left.findIndex(
      (other) =>
        isObject(item) &&
        isObject(other) &&
        blockDifferences(comparison, nested.block, path, item, other).length === 0,
    );
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

function itemDifferences(
  comparison: Comparison,
  nested: NestedBlockSchema,
  path: Path,
  expected: Value,
  actual: Value,
): readonly Path[] {
  if (!isObject(expected)) return [];
  if (!isObject(actual)) return [path];
  return blockDifferences(comparison, nested.block, path, expected, actual);
}

function nestedDifferences(
  comparison: Comparison,
  nested: NestedBlockSchema,
  path: Path,
  expected: Value,
  actual: Value,
): readonly Path[] {
  if (isZero(expected) || expected instanceof Unknown) return [];
  if (comparison.behaviour.answered_differently?.includes(schemaPath(path)) === true) return [];
  if (isObject(expected)) return itemDifferences(comparison, nested, path, expected, actual);
  const [wanted, found] = [itemsOf(expected), itemsOf(actual)];
  if (wanted.length !== found.length) return [path];
  if (nested.nesting_mode === "set") {
    return setDiffers(comparison, nested, path, wanted, found) ? [path] : [];
  }
  return wanted.flatMap((item, at) =>
    itemDifferences(comparison, nested, [...path, at], item, itemAt(found, at)),
  );
}

function blockDifferences(
  comparison: Comparison,
  block: BlockSchema,
  at: Path,
  expected: ObjectValue,
  actual: ObjectValue,
): readonly Path[] {
  const attributes = Object.entries(block.attributes).flatMap(([name, attribute]) => {
    const path = [...at, name];
    return attributeDiffers(
      comparison,
      path,
      attribute,
      memberOf(expected, name),
      memberOf(actual, name),
    )
      ? [path]
      : [];
  });
  const blocks = Object.entries(block.block_types)
    .filter(([name]) => at.length > 0 || name !== TIMEOUTS)
    .flatMap(([name, nested]) =>
      nestedDifferences(
        comparison,
        nested,
        [...at, name],
        memberOf(expected, name),
        memberOf(actual, name),
      ),
    );
  return [...attributes, ...blocks];
}

function isSuppressed(behaviour: Behaviour, path: string): boolean {
  return behaviour.diff_suppressed?.[path] !== undefined;
}

/**
 * Where a plan is not what its configuration says, although the configuration says it.
 *
 * A suppressed difference is none; nor is an empty value where the provider may decide.
 */
export function planDisagreements(
  block: BlockSchema,
  behaviour: Behaviour,
  config: ObjectValue,
  planned: ObjectValue,
): readonly Path[] {
  const free: Comparison["free"] = (path, attribute, expected) =>
    isSuppressed(behaviour, path) || (attribute.computed === true && isZero(expected));
  return blockDifferences({ behaviour, free }, block, [], config, planned);
}

/**
 * Where an applied object is not what was planned and configured, although both were certain. What
 * the provider decides by itself is free to change; so is what the behaviour lists as answered
 * differently. What `ignore_changes` names is planned otherwise than configured: there the plan
 * alone counts.
 */
export function applyDisagreements(
  block: BlockSchema,
  behaviour: Behaviour,
  wanted: { readonly config: ObjectValue; readonly planned: ObjectValue },
  applied: ObjectValue,
): readonly Path[] {
  const known = (path: string): boolean =>
    isSuppressed(behaviour, path) || behaviour.answered_differently?.includes(path) === true;
  const fromPlan: Comparison["free"] = (path, attribute) =>
    attribute.computed === true || known(path);
  const fromConfig: Comparison["free"] = (path, attribute, expected) =>
    attribute.computed !== true || isZero(expected) || known(path);
  const { config, planned } = wanted;
  const ignored = new Set(planDisagreements(block, behaviour, config, planned).map(displayPath));
  return [
    ...blockDifferences({ behaviour, free: fromPlan }, block, [], planned, applied),
    ...blockDifferences({ behaviour, free: fromConfig }, block, [], config, applied).filter(
      (path) => !ignored.has(displayPath(path)),
    ),
  ];
}

/** Writes paths for a sentence. */
export function pathList(paths: readonly Path[]): string {
  return [...new Set(paths.map(displayPath))].join(", ");
}
