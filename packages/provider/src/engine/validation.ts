import type { BlockSchema } from "../schemas/index.ts";
import { errorAt, type Diagnostic } from "../protocol/diagnostic.ts";
import { displayPath, dottedPath, schemaPath, type PathStep } from "../values/path.ts";
import {
  isObject,
  isSequence,
  memberOf,
  Unknown,
  type ObjectValue,
  type Value,
} from "../values/value.ts";
import type { Behaviour } from "./behaviour.ts";
import { isZero } from "./zero.ts";

/** A configured value and where it stands. */
interface Configured {
  readonly path: readonly PathStep[];
  readonly value: Value;
  /** The path with positions in sets too, as the SDK's rules name it. */
  readonly named: readonly PathStep[];
}

/** Where an element stands: as Terraform addresses it, and as the SDK's rules name it. */
type Position = Pick<Configured, "path" | "named">;

const TOP: Position = { path: [], named: [] };

function under({ path, named }: Position, ...steps: readonly PathStep[]): Position {
  return { path: [...path, ...steps], named: [...named, ...steps] };
}

function attributesOf(block: BlockSchema, at: Position, config: ObjectValue) {
  return Object.keys(block.attributes).map((name): Configured => ({
    ...under(at, name),
    value: memberOf(config, name),
  }));
}

function elementsOf(
  nesting: string,
  at: Position,
  value: Value,
): readonly (readonly [Position, ObjectValue])[] {
  if (isSequence(value)) {
    // A set's elements have no position that Terraform would know; its path ends at the set.
    const step = (position: number): Position =>
      nesting === "list" ? under(at, position) : { ...at, named: [...at.named, position] };
    return value.flatMap((item, position) =>
      isObject(item) ? [[step(position), item] as const] : [],
    );
  }
  if (!isObject(value)) return [];
  if (nesting !== "map") return [[at, value]];
  return Object.entries(value).flatMap(([key, item]) =>
    isObject(item) ? [[under(at, { key }), item] as const] : [],
  );
}

/** Every configured attribute and block, from the top down. */
function configuredValues(
  block: BlockSchema,
  config: ObjectValue,
  at: Position = TOP,
): readonly Configured[] {
  const nested = Object.entries(block.block_types).flatMap(([name, kind]) => {
    const place = under(at, name);
    const value = memberOf(config, name);
    const inside = elementsOf(kind.nesting_mode, place, value).flatMap(([where, element]) =>
      configuredValues(kind.block, element, where),
    );
    return [{ ...place, value }, ...inside];
  });
  return [...attributesOf(block, at, config), ...nested];
}

function isUnset(value: Value): boolean {
  return value === null || (isSequence(value) && value.length === 0);
}

function isEmptyElement(value: Value): boolean {
  return isObject(value) && Object.values(value).every(isUnset);
}

function valueProblems(behaviour: Behaviour, configured: Configured): readonly Diagnostic[] {
  const { path, named, value } = configured;
  const rule = behaviour.values_validated?.[schemaPath(path)];
  if (rule === undefined || value instanceof Unknown) return [];
  const values: readonly (readonly [Value, readonly PathStep[]])[] = isSequence(value)
    ? value.map((item, position) => [item, [...named, position]])
    : [[value, named]];
  return values.flatMap(([item, at]) => {
    const problem = item instanceof Unknown ? undefined : rule(item, dottedPath(at));
    return problem === undefined ? [] : [errorAt(problem, undefined, path)];
  });
}

function crashProblems(behaviour: Behaviour, { path, value }: Configured): readonly Diagnostic[] {
  if (behaviour.crashes_when_empty?.includes(schemaPath(path)) !== true) return [];
  if (!isSequence(value) || !value.some(isEmptyElement)) return [];
  const detail = "The rehearsal stops here instead. Give the block its values or leave it out.";
  return [
    errorAt(`The real provider crashes on an empty block ${displayPath(path)}`, detail, path),
  ];
}

function problemsOf(behaviour: Behaviour, configured: Configured): readonly Diagnostic[] {
  const { path, value } = configured;
  const reason = behaviour.not_rehearsed?.[schemaPath(path)];
  if (reason !== undefined && !isZero(value)) {
    return [errorAt(`The rehearsal does not do ${displayPath(path)}`, reason, path)];
  }
  const detail = behaviour.deprecated?.[schemaPath(path)];
  const warnings: Diagnostic[] =
    detail === undefined
      ? []
      : [{ severity: "WARNING", summary: "Argument is deprecated", detail, path }];
  return [
    ...warnings,
    ...valueProblems(behaviour, configured),
    ...crashProblems(behaviour, configured),
  ];
}

function itemProblems(behaviour: Behaviour, { path, value }: Configured): readonly Diagnostic[] {
  const least = behaviour.least_items?.[schemaPath(path)];
  if (least === undefined || !isSequence(value) || value.length >= least) return [];
  const detail = `Attribute ${dottedPath(path)} requires ${least} item minimum, but config has only ${value.length} declared.`;
  return [errorAt("Not enough list items", detail, path)];
}

function conflicts(behaviour: Behaviour, set: readonly Configured[]): readonly Diagnostic[] {
  const paths = new Map(set.map((configured) => [schemaPath(configured.path), configured.path]));
  return Object.entries(behaviour.conflicts_with ?? {}).flatMap(([path, others]) => {
    const at = paths.get(path);
    const other = others.map((candidate) => paths.get(candidate)).find((found) => found);
    if (at === undefined || other === undefined) return [];
    const detail = `"${dottedPath(at)}": conflicts with ${dottedPath(other)}`;
    return [errorAt("Conflicting configuration arguments", detail, at)];
  });
}

/**
 * What is wrong with a resource's configuration beyond what Terraform checks by the schema itself:
 * the rules of the resource type's behaviour. Unknown values are not judged.
 */
export function validateConfig(
  block: BlockSchema,
  behaviour: Behaviour,
  config: ObjectValue,
): readonly Diagnostic[] {
  const configured = configuredValues(block, config);
  const set = configured.filter(({ value }) => !isUnset(value));
  return [
    ...configured.flatMap((one) => itemProblems(behaviour, one)),
    ...set.flatMap((configured) => problemsOf(behaviour, configured)),
    ...conflicts(behaviour, set),
  ];
}
