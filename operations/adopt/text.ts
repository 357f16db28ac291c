import type { Imports } from "../../environments/schema/imports.ts";
import { countOf } from "./imports.ts";
import type { Fate, Remark } from "./remark.ts";

const headings: readonly (readonly [fate: Fate, heading: string])[] = [
  ["refused", "Cannot be taken over as it is:"],
  ["lost", "Goes with the first deployment, which the gate refuses without a reason:"],
  ["adopted", "Taken over:"],
  ["changed", "Changed in place by the first deployment:"],
  ["left", "Stays as it is, outside of the environment:"],
];

/** Remarks as lines of a terminal, the gravest first. */
export function remarkLines(remarks: readonly Remark[]): string[] {
  return headings.flatMap(([fate, heading]) => {
    const own = remarks.filter((remark) => remark.fate === fate);
    return own.length === 0 ? [] : ["", heading, ...own.flatMap(linesOf)];
  });
}

const linesOf = ({ about, what, todo }: Remark): string[] => [
  `  ${about}: ${what}`,
  ...(todo === undefined ? [] : [`    fix: ${todo}`]),
];

/** What is imported, by stack. */
export function importLines(environment: string, imports: Imports): string[] {
  if (countOf(imports) === 0) return [];
  const stacks = Object.entries(imports).flatMap(([stack, ids]) => [
    `  ${environment}-${stack}: ${Object.keys(ids).length} resources`,
    ...Object.entries(ids).map(([address, id]) => `    ${address}  ${id}`),
  ]);
  return ["", "Imported by the next deployment:", ...stacks];
}
