import type { BlockSchema, NestedBlockSchema } from "../schemas/index.ts";
import type { CtyType } from "./type.ts";
import { isObject, isSequence, type ObjectValue, type Value } from "./value.ts";

const remembered = new WeakMap<BlockSchema, CtyType>();

function nestedType(nested: NestedBlockSchema): CtyType {
  const inner = blockType(nested.block);
  return nested.nesting_mode === "single" || nested.nesting_mode === "group"
    ? inner
    : [nested.nesting_mode, inner];
}

/** The object type a block stands for: its attributes, and one attribute for each block inside. */
export function blockType(block: BlockSchema): CtyType {
  const known = remembered.get(block);
  if (known !== undefined) return known;
  const type: CtyType = [
    "object",
    {
      ...Object.fromEntries(Object.entries(block.attributes).map(([name, a]) => [name, a.type])),
      ...Object.fromEntries(
        Object.entries(block.block_types).map(([name, nested]) => [name, nestedType(nested)]),
      ),
    },
  ];
  remembered.set(block, type);
  return type;
}

/** What stands for a block that is absent: an empty collection, never null; a single block is null. */
export function absentBlock(nested: NestedBlockSchema): Value {
  if (nested.nesting_mode === "single") return null;
  if (nested.nesting_mode === "group") return emptyBlock(nested.block);
  return nested.nesting_mode === "map" ? {} : [];
}

/** The value of a block in which nothing is set. */
export function emptyBlock(block: BlockSchema): ObjectValue {
  return {
    ...Object.fromEntries(Object.keys(block.attributes).map((name) => [name, null])),
    ...Object.fromEntries(
      Object.entries(block.block_types).map(([name, nested]) => [name, absentBlock(nested)]),
    ),
  };
}

/**
 * A stored object with every absent block as an empty collection. The SDK stores null for computed blocks of which the
 * API said nothing, and fills them in when it reads the state again (NormalizeObjectFromLegacySDK in
 * terraform-plugin-sdk 2.26.1): left out, each would show as a change made outside of Terraform.
 */
export function withEmptyBlocks(block: BlockSchema, value: ObjectValue): ObjectValue {
  const blocks = Object.entries(block.block_types).map(([name, nested]): [string, Value] => {
    const inside = (held: Value): Value =>
      isObject(held) ? withEmptyBlocks(nested.block, held) : held;
    const held = value[name] ?? null;
    if (isSequence(held)) return [name, held.map(inside)];
    if (held !== null) return [name, nested.nesting_mode === "map" ? held : inside(held)];
    return [name, nested.nesting_mode === "group" ? null : absentBlock(nested)];
  });
  return { ...value, ...Object.fromEntries(blocks) };
}
