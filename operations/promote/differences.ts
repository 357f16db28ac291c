import { environmentContract } from "../../constructs/app/contract.ts";
import type { ContractVariable } from "../../constructs/app/contract/variable.ts";
import { componentNames, type EnvironmentConfig } from "../../environments/schema/environment.ts";

/** What a field that differs is about. */
export type DifferenceKind = "size" | "variable" | "feature";

/** A field of the configuration that differs between two environments. */
export interface Difference {
  readonly kind: DifferenceKind;
  /** Its path, or the name of the variable that it becomes. */
  readonly what: string;
  /** As it would be written; "none" where there is nothing. */
  readonly from: string;
  readonly to: string;
}

/** What makes an environment another one, and says nothing of how a release does in it. */
const identity =
  /^(name|tier|product|network|domain|state|cost|alerting|storage\.bucketPrefix)(\.|$)|[rR]eason$/;

/** Sizes and counts: what a load meets. */
const sizes = /\.(size|nodes|count|minimum|maximum|cpuPercent|storageGib|edition|version)$/;

/**
 * Where two configurations differ in what a release may notice: sizes and counts, variables by name, features. Names,
 * hosts, addresses and places of states are left out: they differ always.
 */
export function configurationDifferences(
  from: EnvironmentConfig,
  to: EnvironmentConfig,
): Difference[] {
  const [one, other] = [leaves(from), leaves(to)];
  const paths = [...new Set([...one.keys(), ...other.keys()])];
  return paths
    .filter((path) => !identity.test(path) && one.get(path) !== other.get(path))
    .map((path) => ({
      ...namedBy(path),
      from: one.get(path) ?? "none",
      to: other.get(path) ?? "none",
    }));
}

function namedBy(path: string): Pick<Difference, "kind" | "what"> {
  const names = environmentContract.filter((variable) => pathsOf(variable).includes(path));
  if (names.length === 0) return { kind: sizes.test(path) ? "size" : "feature", what: path };
  return { kind: "variable", what: [...new Set(names.map(({ name }) => name))].join(", ") };
}

/** The fields that a variable is made from. */
function pathsOf({ source, components }: ContractVariable): string[] {
  if (source.kind !== "value" || !source.field) return [];
  const { path } = source.field;
  return componentNames
    .filter((name) => components.includes(name))
    .map((name) => path.replace("{component}", name));
}

/** Every value of plain data by its dotted path; a list is one value. */
function leaves(data: unknown, path = ""): Map<string, string> {
  if (typeof data !== "object" || data === null || Array.isArray(data)) {
    return new Map(data === undefined ? [] : [[path, JSON.stringify(data)] as const]);
  }
  const inside = Object.entries(data).flatMap(([name, value]) => [
    ...leaves(value, path === "" ? name : `${path}.${name}`),
  ]);
  return new Map(inside);
}
