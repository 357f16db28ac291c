import type { BlockSchema, NestedBlockSchema } from "../schemas/index.ts";
import { blockType } from "../values/block-type.ts";
import { equalValues, sameMultiset } from "../values/equality.ts";
import { schemaPath, type PathStep } from "../values/path.ts";
import { isPrimitiveType } from "../values/type.ts";
import {
  isObject,
  isSequence,
  isWhollyKnown,
  itemAt,
  itemsOf,
  memberOf,
  membersOf,
  Unknown,
  UNKNOWN,
  type ObjectValue,
  type Value,
} from "../values/value.ts";
import type { Behaviour } from "./behaviour.ts";
import { sameElement } from "./element.ts";
import { planCollection, planPrimitive, Planner, type Place } from "./planner.ts";
import { withoutRefinements } from "./refinements.ts";
import { proposeBlock } from "./proposal.ts";
import { withRiders } from "./riders.ts";
import { comparableText, equivalent, fillZeros } from "./zero.ts";

/** The block in which a resource says how long its operations may take. The SDK never plans it. */
export const TIMEOUTS = "timeouts";

/** What a resource will be. */
export interface Plan {
  readonly planned: ObjectValue;
  /** The attributes because of which the object is replaced. */
  readonly replaces: readonly (readonly PathStep[])[];
}

/** A kind of nested block that is being planned. */
interface Nesting {
  readonly planner: Planner;
  readonly nested: NestedBlockSchema;
  readonly place: Place;
}

function planItem({ planner, nested }: Nesting, place: Place, prior: Value, wanted: Value): Value {
  if (!isObject(wanted)) return wanted;
  return planBlock(planner, nested.block, place, isObject(prior) ? prior : null, wanted);
}

function holdsSets(block: BlockSchema): boolean {
  return (
    Object.values(block.attributes).some(({ type }) => type[0] === "set") ||
    Object.values(block.block_types).some(
      (nested) => nested.nesting_mode === "set" || holdsSets(nested.block),
    )
  );
}

/**
 * The SDK compares a whole list first, and there reads an unknown number, flag or collection as an
 * empty one: a list in which such values stand only where empty ones did is no difference (diffList,
 * reflect.DeepEqual, which two sets never are).
 */
function readsTheSame(
  block: BlockSchema,
  prior: readonly Value[],
  wanted: readonly Value[],
): boolean {
  const type = ["list", blockType(block)] as const;
  if (holdsSets(block)) return false;
  return equalValues(fillZeros(prior, type), fillZeros(wanted, type, "unknown"), type);
}

function planList(nesting: Nesting, prior: readonly Value[], wanted: readonly Value[]): Value {
  const { planner, nested, place } = nesting;
  const unplanned = place.set === undefined && planner.exists && !isWhollyKnown([...wanted]);
  if (unplanned && readsTheSame(nested.block, prior, wanted)) return prior;
  if (prior.length !== wanted.length) planner.note(place);
  return wanted.map((item, at) =>
    planItem(nesting, { ...place, path: [...place.path, at] }, itemAt(prior, at), item),
  );
}

function planSet(nesting: Nesting, prior: readonly Value[], wanted: readonly Value[]): Value {
  const { planner, nested, place } = nesting;
  const same = (a: Value, b: Value): boolean =>
    isObject(a) && isObject(b) && sameElement(a, b, nested.block);
  if (place.set === undefined && sameMultiset(prior, wanted, same)) return prior;
  planner.note(place);
  const inside = { ...place, set: place.set ?? place.path };
  return wanted.map((item) =>
    planItem(nesting, inside, prior.find((stored) => same(stored, item)) ?? null, item),
  );
}

function planMap(nesting: Nesting, prior: ObjectValue, wanted: ObjectValue): Value {
  const { planner, place } = nesting;
  if (Object.keys(prior).some((key) => !(key in wanted))) planner.note(place);
  return Object.fromEntries(
    Object.entries(wanted).map(([key, item]) => {
      const at = { ...place, path: [...place.path, { key }] };
      return [key, planItem(nesting, at, memberOf(prior, key), item)];
    }),
  );
}

function isAbsent(value: Value): boolean {
  return value === null || (isSequence(value) && value.length === 0);
}

function planComputed(nesting: Nesting, prior: Value): Value {
  if (prior !== null) return prior;
  nesting.planner.note(nesting.place);
  return UNKNOWN;
}

function planNested(nesting: Nesting, prior: Value, wanted: Value): Value {
  const { planner, nested, place } = nesting;
  if (wanted instanceof Unknown) {
    // A dynamic block over an unknown collection: it is not known yet how many there will be.
    planner.note(place);
    return wanted;
  }
  const computed = planner.behaviour.computed_blocks?.includes(schemaPath(place.path)) === true;
  if (computed && isAbsent(wanted)) return planComputed(nesting, prior);
  if (nested.nesting_mode === "set") return planSet(nesting, itemsOf(prior), itemsOf(wanted));
  if (nested.nesting_mode === "list") return planList(nesting, itemsOf(prior), itemsOf(wanted));
  if (nested.nesting_mode === "map") return planMap(nesting, membersOf(prior), membersOf(wanted));
  if (isAbsent(prior) !== isAbsent(wanted)) planner.note(place);
  return planItem(nesting, place, prior, wanted);
}

function planBlock(
  planner: Planner,
  block: BlockSchema,
  place: Place,
  prior: ObjectValue | null,
  wanted: ObjectValue,
): ObjectValue {
  const stored = prior ?? {};
  const inside = (name: string): Place => ({ ...place, path: [...place.path, name] });
  const attributes = Object.entries(block.attributes).map(([name, attribute]): [string, Value] => {
    const plan = isPrimitiveType(attribute.type) ? planPrimitive : planCollection;
    const [before, after] = [memberOf(stored, name), memberOf(wanted, name)];
    return [name, plan(planner, inside(name), attribute, before, after)];
  });
  const blocks = Object.entries(block.block_types)
    .filter(([name]) => place.path.length > 0 || name !== TIMEOUTS)
    .map(([name, nested]): [string, Value] => {
      const nesting = { planner, nested, place: inside(name) };
      return [name, planNested(nesting, memberOf(stored, name), memberOf(wanted, name))];
    });
  return Object.fromEntries([...attributes, ...blocks]);
}

function unknownWhereComputed(block: BlockSchema, value: ObjectValue): ObjectValue {
  const filled: Record<string, Value> = { ...value };
  for (const [name, attribute] of Object.entries(block.attributes)) {
    if (attribute.computed === true && filled[name] === null) filled[name] = UNKNOWN;
  }
  for (const [name, nested] of Object.entries(block.block_types)) {
    const inside = (item: Value): Value =>
      isObject(item) ? unknownWhereComputed(nested.block, item) : item;
    const held = memberOf(value, name);
    if (isSequence(held)) filled[name] = held.map(inside);
    else if (nested.nesting_mode !== "map") filled[name] = inside(held);
  }
  return filled;
}

/**
 * Plans a resource from its configuration and what is stored, as a provider on terraform-plugin-sdk
 * 2 does: that SDK's imprecisions are what users of the real providers see in their plans.
 */
export function planResource(
  block: BlockSchema,
  behaviour: Behaviour,
  prior: ObjectValue | null,
  config: ObjectValue,
): Plan {
  const plain = withoutRefinements(config);
  const wanted = proposeBlock(block, prior, isObject(plain) ? plain : {}, behaviour.defaults ?? {});
  const read = (name: string): string => {
    const value = memberOf(wanted, name);
    return value instanceof Unknown ? "" : comparableText(value);
  };
  const planner = new Planner(behaviour, prior !== null, read);
  const place: Place = { path: [], set: undefined };
  const timeouts = TIMEOUTS in block.block_types ? { [TIMEOUTS]: memberOf(config, TIMEOUTS) } : {};
  const planned = { ...planBlock(planner, block, place, prior, wanted), ...timeouts };
  const replaces = planner.changes.filter((change) => change.replaces).map(({ path }) => path);
  if (prior === null) {
    const created = unknownWhereComputed(block, planned);
    return { planned: { ...created, id: UNKNOWN }, replaces: [...replaces, ["id"]] };
  }
  if (planner.changes.length === 0 || equivalent(prior, planned, blockType(block))) {
    return { planned: prior, replaces: [] };
  }
  return {
    planned: { ...withRiders(block, planned), ...timeouts, id: memberOf(prior, "id") },
    replaces: replaces.length === 0 ? [] : [...replaces, ["id"]],
  };
}
