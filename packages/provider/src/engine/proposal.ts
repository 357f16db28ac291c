import type { BlockSchema, NestedBlockSchema } from "../schemas/index.ts";
import {
  isObject,
  isSequence,
  itemsOf,
  memberOf,
  type ObjectValue,
  type Value,
} from "../values/value.ts";
import type { Behaviour } from "./behaviour.ts";
import { describesElement } from "./element.ts";

/** What a nested block is proposed by: its schema, the defaults inside, and its path. */
interface Nesting {
  readonly nested: NestedBlockSchema;
  readonly defaults: NonNullable<Behaviour["defaults"]>;
  readonly path: string;
}

function proposeItem({ nested, defaults, path }: Nesting, prior: Value, config: Value): Value {
  if (!isObject(config)) return config;
  return proposeBlock(nested.block, isObject(prior) ? prior : null, config, defaults, `${path}.`);
}

function proposeSet(nesting: Nesting, prior: readonly Value[], config: readonly Value[]): Value {
  const stored = [...prior];
  return config.map((item) => {
    const match = stored.findIndex(
      (other) =>
        isObject(item) && isObject(other) && describesElement(item, other, nesting.nested.block),
    );
    const [found = null] = match < 0 ? [] : stored.splice(match, 1);
    return proposeItem(nesting, found, item);
  });
}

function proposeNested(nesting: Nesting, prior: Value, config: Value): Value {
  if (isSequence(config)) {
    const stored = itemsOf(prior);
    if (nesting.nested.nesting_mode === "set") return proposeSet(nesting, stored, config);
    return config.map((item, at) => proposeItem(nesting, stored[at] ?? null, item));
  }
  if (nesting.nested.nesting_mode !== "map" || !isObject(config)) {
    return proposeItem(nesting, prior, config);
  }
  return Object.fromEntries(
    Object.entries(config).map(([key, item]) => [
      key,
      proposeItem(nesting, memberOf(prior, key), item),
    ]),
  );
}

/**
 * What the configuration asks for, completed by what the provider decided before and by defaults.
 *
 * It stands in the place of the proposal that Terraform sends along, which cannot correlate sets
 * inside sets (measured with Terraform 1.11.4: a difference that never ends). `path` is "" at the
 * top and ends in a dot below.
 */
export function proposeBlock(
  block: BlockSchema,
  prior: ObjectValue | null,
  config: ObjectValue,
  defaults: NonNullable<Behaviour["defaults"]>,
  path = "",
): ObjectValue {
  const stored = prior ?? {};
  const attributes = Object.entries(block.attributes).map(([name, attribute]): [string, Value] => {
    const before = memberOf(stored, name);
    const decided = attribute.computed === true ? before : null;
    // The SDK loses an empty default where nothing is stored.
    const filled = defaults[path + name] === "" && before === null ? null : defaults[path + name];
    return [name, config[name] ?? filled ?? decided];
  });
  const blocks = Object.entries(block.block_types).map(([name, nested]): [string, Value] => [
    name,
    proposeNested(
      { nested, defaults, path: path + name },
      memberOf(stored, name),
      memberOf(config, name),
    ),
  ]);
  return Object.fromEntries([...attributes, ...blocks]);
}
