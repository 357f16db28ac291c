import type { BlockSchema, NestedBlockSchema } from "../../schemas/index.ts";
import type { CtyType } from "./type.ts";
import type { ObjectValue, Value } from "./value.ts";

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
