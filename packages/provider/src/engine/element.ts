import type { AttributeSchema, BlockSchema, NestedBlockSchema } from "../schemas/index.ts";
import { sameMultiset } from "../values/equality.ts";
import {
  isNamedType,
  isSequenceType,
  itemType,
  memberType,
  namesOf,
  type CtyType,
  type NamedType,
  type SequenceType,
} from "../values/type.ts";
import {
  isObject,
  isSequence,
  itemAt,
  itemsOf,
  memberOf,
  membersOf,
  Unknown,
  type ObjectValue,
  type Value,
} from "../values/value.ts";
import { comparableText, fillZeros } from "./zero.ts";

/** How two attribute values are compared, given their schema. */
type SameAttribute = (a: Value, b: Value, attribute: AttributeSchema) => boolean;

function sameItems(a: readonly Value[], b: readonly Value[], type: SequenceType): boolean {
  if (type[0] === "set") return sameMultiset(a, b, (x, y) => sameValue(x, y, type[1]));
  return (
    a.length === b.length &&
    a.every((item, at) => sameValue(item, itemAt(b, at), itemType(type, at)))
  );
}

function sameMembers(a: ObjectValue, b: ObjectValue, type: NamedType): boolean {
  const names = namesOf(type, a);
  return (
    names.length === namesOf(type, b).length &&
    names.every((name) => sameValue(memberOf(a, name), memberOf(b, name), memberType(type, name)))
  );
}

function sameValue(a: Value, b: Value, type: CtyType): boolean {
  if (a instanceof Unknown || b instanceof Unknown) return false;
  if (isSequenceType(type)) return sameItems(itemsOf(a), itemsOf(b), type);
  if (isNamedType(type)) return sameMembers(membersOf(a), membersOf(b), type);
  if (type === "dynamic") return a === b;
  return comparableText(fillZeros(a, type)) === comparableText(fillZeros(b, type));
}

function sameItem(a: Value, b: Value, nested: NestedBlockSchema, same: SameAttribute): boolean {
  return isObject(a) && isObject(b) && sameBlocks(a, b, nested.block, same);
}

function sameMap(a: ObjectValue, b: ObjectValue, nested: NestedBlockSchema, same: SameAttribute) {
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => sameItem(memberOf(a, name), memberOf(b, name), nested, same))
  );
}

function sameNested(a: Value, b: Value, nested: NestedBlockSchema, same: SameAttribute): boolean {
  if (a === null || b === null) return a === b;
  if (nested.nesting_mode === "map") return sameMap(membersOf(a), membersOf(b), nested, same);
  if (!isSequence(a) || !isSequence(b)) return sameItem(a, b, nested, same);
  if (nested.nesting_mode === "set") {
    return sameMultiset(a, b, (x, y) => sameItem(x, y, nested, same));
  }
  return (
    a.length === b.length && a.every((item, at) => sameItem(item, itemAt(b, at), nested, same))
  );
}

function sameBlocks(
  a: ObjectValue,
  b: ObjectValue,
  block: BlockSchema,
  same: SameAttribute,
): boolean {
  return (
    Object.entries(block.attributes).every(([name, attribute]) =>
      same(memberOf(a, name), memberOf(b, name), attribute),
    ) &&
    Object.entries(block.block_types).every(([name, nested]) =>
      sameNested(memberOf(a, name), memberOf(b, name), nested, same),
    )
  );
}

function isGiven(attribute: AttributeSchema): boolean {
  return attribute.required === true || attribute.optional === true;
}

/**
 * Whether two elements of a set have the same hash in the provider SDK: what a user may set is
 * equal, with absent and empty values alike; what only the provider sets does not count, unless
 * there is nothing else.
 */
export function sameElement(a: ObjectValue, b: ObjectValue, block: BlockSchema): boolean {
  const allComputed = !Object.values(block.attributes).some(isGiven);
  return sameBlocks(a, b, block, (x, y, attribute) =>
    allComputed || isGiven(attribute) ? sameValue(x, y, attribute.type) : true,
  );
}

/**
 * Whether a configured element describes a stored one: what the configuration leaves to the provider
 * is free.
 *
 * Terraform's own proposal correlates set elements in the same way, but gives up where an element
 * itself holds a set with computed attributes, which would then differ for ever.
 */
export function describesElement(
  configured: ObjectValue,
  stored: ObjectValue,
  block: BlockSchema,
): boolean {
  return sameBlocks(configured, stored, block, (x, y, attribute) =>
    x === null && attribute.computed === true ? true : sameValue(x, y, attribute.type),
  );
}
