import { indented, oneLine } from "./printable.ts";

/** How bad something is: an error stops a deployment, a warning is said and stops nothing. */
export type Severity = "error" | "warning";

/** A check, or a rule of the gate, in words: what docs/checks.md is made from. */
export interface Description {
  /** Stable name, in lower case with dashes; overrides and `--json` name it. */
  readonly id: string;
  readonly severity: Severity;
  /** What has to hold, as one sentence. */
  readonly what: string;
  /** What breaks when it does not, as one sentence. */
  readonly why: string;
  /** What a person does about it, as one sentence. */
  readonly fix: string;
}

/** Something that is not as it should be. No field ever contains a secret. */
export interface Finding {
  /** The check or rule that found it. */
  readonly id: string;
  readonly severity: Severity;
  /** What is wrong, in words that a person finds in the control panel. */
  readonly resource: string;
  readonly expected: string;
  readonly found: string;
  /** The line or command that mends it. */
  readonly fix: string;
}

/** Whether findings contain an error: warnings alone stop nothing. */
export function hasErrors(findings: readonly Finding[]): boolean {
  return findings.some(({ severity }) => severity === "error");
}

/** Where the parts of a finding begin: whatever a platform says goes on below itself. */
const indentation = "    expected  ".length;

/** Findings for a terminal, errors first, each with what to do. */
export function renderFindings(findings: readonly Finding[]): string {
  return findings
    .toSorted((first, second) => first.severity.localeCompare(second.severity))
    .map(({ id, severity, resource, expected, found, fix }) =>
      [
        `${severity === "error" ? "✗" : "!"} ${oneLine(resource)} (${id})`,
        `    expected  ${indented(expected, indentation)}`,
        `    found     ${indented(found, indentation)}`,
        `    fix       ${indented(fix, indentation)}`,
        "",
      ].join("\n"),
    )
    .join("");
}
