import type { BlockSchema } from "../../schemas/index.ts";
import { errorAt, type Diagnostic } from "../protocol/diagnostic.ts";
import { displayPath, schemaPath, type PathStep } from "../values/path.ts";
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
  readonly deprecated: boolean;
}

function attributesOf(block: BlockSchema, at: readonly PathStep[], config: ObjectValue) {
  return Object.entries(block.attributes).map(([name, attribute]): Configured => ({
    path: [...at, name],
    value: memberOf(config, name),
    deprecated: attribute.deprecated === true,
  }));
}

function elementsOf(
  nesting: string,
  path: readonly PathStep[],
  value: Value,
): readonly [readonly PathStep[], ObjectValue][] {
  if (isSequence(value)) {
    // A set's elements have no position; the path ends at the set.
    const step = (at: number): readonly PathStep[] => (nesting === "list" ? [...path, at] : path);
    return value.flatMap((item, at) => (isObject(item) ? [[step(at), item]] : []));
  }
  if (!isObject(value)) return [];
  if (nesting !== "map") return [[path, value]];
  return Object.entries(value).flatMap(([key, item]) =>
    isObject(item) ? [[[...path, { key }], item]] : [],
  );
}

/** Every configured attribute and block, from the top down. */
function configuredValues(
  block: BlockSchema,
  config: ObjectValue,
  at: readonly PathStep[] = [],
): readonly Configured[] {
  const nested = Object.entries(block.block_types).flatMap(([name, kind]) => {
    const path = [...at, name];
    const value = memberOf(config, name);
    const inside = elementsOf(kind.nesting_mode, path, value).flatMap(([where, element]) =>
      configuredValues(kind.block, element, where),
    );
    return [{ path, value, deprecated: false }, ...inside];
  });
  return [...attributesOf(block, at, config), ...nested];
}

function isUnset(value: Value): boolean {
  return value === null || (isSequence(value) && value.length === 0);
}

function isEmptyElement(value: Value): boolean {
  return isObject(value) && Object.values(value).every(isUnset);
}

function valueProblems(behaviour: Behaviour, { path, value }: Configured): readonly Diagnostic[] {
  const rule = behaviour.values_validated?.[schemaPath(path)];
  if (rule === undefined || value instanceof Unknown) return [];
  const values = isSequence(value) ? value : [value];
  const shown = displayPath(path);
  return values.flatMap((item) => {
    const problem = item instanceof Unknown ? undefined : rule(item, shown);
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
  const { path, value, deprecated } = configured;
  const reason = behaviour.not_rehearsed?.[schemaPath(path)];
  if (reason !== undefined && !isZero(value)) {
    return [errorAt(`The rehearsal does not do ${displayPath(path)}`, reason, path)];
  }
  const warnings: Diagnostic[] = deprecated
    ? [
        {
          severity: "WARNING",
          summary: "Argument is deprecated",
          detail: `${displayPath(path)} is deprecated by the provider.`,
          path,
        },
      ]
    : [];
  return [
    ...warnings,
    ...valueProblems(behaviour, configured),
    ...crashProblems(behaviour, configured),
  ];
}

function conflicts(behaviour: Behaviour, set: readonly Configured[]): readonly Diagnostic[] {
  const paths = new Map(set.map((configured) => [schemaPath(configured.path), configured.path]));
  return Object.entries(behaviour.conflicts_with ?? {}).flatMap(([path, others]) => {
    const at = paths.get(path);
    const other = others.find((candidate) => paths.has(candidate));
    if (at === undefined || other === undefined) return [];
    return [
      errorAt("Conflicting configuration arguments", `"${path}": conflicts with ${other}`, at),
    ];
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
  const set = configuredValues(block, config).filter(({ value }) => !isUnset(value));
  return [
    ...set.flatMap((configured) => problemsOf(behaviour, configured)),
    ...conflicts(behaviour, set),
  ];
}
