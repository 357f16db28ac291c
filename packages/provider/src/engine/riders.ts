import type { BlockSchema, NestedBlockSchema } from "../schemas/index.ts";
import { isPrimitiveType } from "../values/type.ts";
import { isObject, isSequence, memberOf, type ObjectValue, type Value } from "../values/value.ts";
import { zeroOf } from "./zero.ts";

function inElement(value: Value, block: BlockSchema): Value {
  if (!isObject(value)) return value;
  const attributes = Object.entries(block.attributes).map(([name, attribute]): [string, Value] => {
    const held = memberOf(value, name);
    const isLost = held === null && attribute.computed !== true && !isPrimitiveType(attribute.type);
    return [name, isLost ? zeroOf(attribute.type) : held];
  });
  return { ...Object.fromEntries(attributes), ...nestedRiders(value, block) };
}

function inNested(value: Value, { block }: NestedBlockSchema): Value {
  return isSequence(value) ? value.map((item) => inElement(item, block)) : inElement(value, block);
}

function nestedRiders(value: ObjectValue, block: BlockSchema): ObjectValue {
  return Object.fromEntries(
    Object.entries(block.block_types).map(([name, nested]) => [
      name,
      inNested(memberOf(value, name), nested),
    ]),
  );
}

/**
 * What a plan carries besides the change: an absent collection inside of a nested block is planned as an empty one
 * (`allowed_headers null → []`, `tags null → {}`). The SDK counts every collection while it applies a difference
 * (applyCollectionDiff, terraform-plugin-sdk 2.26.1), and puts null back at the top of a resource only. Measured on
 * buckets with aws 5.100.0.
 */
export function withRiders(block: BlockSchema, planned: ObjectValue): ObjectValue {
  return { ...planned, ...nestedRiders(planned, block) };
}
