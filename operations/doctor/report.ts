import type { CheckReport, CheckResult } from "../command/check.ts";
import { type Severity, renderFindings } from "../command/finding.ts";
import { type CheckGroup, doctorGroups } from "./checks.ts";

/** What a check came to, where a warning is not a failure. */
export type Verdict = "held" | "warned" | "failed" | "not tried";

/** A line of the report. */
interface Line extends CheckResult {
  readonly group: string;
  readonly severity: Severity;
  readonly verdict: Verdict;
}

const marks: Readonly<Record<Verdict, string>> = {
  held: "✓",
  warned: "!",
  failed: "✗",
  "not tried": "–",
};

/** The doctor's report as plain data, for `--json`. */
export function reportData(environment: string, report: CheckReport) {
  const lines = linesOf(doctorGroups, report);
  return { environment, ok: report.ok, counts: countsOf(lines), checks: lines };
}

/** The doctor's report for a terminal: every check by group, what to do about the findings, and what comes next. */
export function renderReport(environment: string, report: CheckReport): string {
  const lines = linesOf(doctorGroups, report);
  const groups = doctorGroups.map(({ title }) =>
    [title, ...lines.filter(({ group }) => group === title).map(renderLine), ""].join("\n"),
  );
  const findings = renderFindings(report.findings);
  return [...groups, ...(findings === "" ? [] : [findings]), summary(environment, lines)].join(
    "\n",
  );
}

function linesOf(groups: readonly CheckGroup[], { results }: CheckReport): Line[] {
  const byId = new Map(results.map((result) => [result.id, result]));
  return groups.flatMap(({ title, checks }) =>
    checks.flatMap(({ id, severity }) => {
      const result = byId.get(id);
      return result ? [{ group: title, severity, verdict: verdictOf(result), ...result }] : [];
    }),
  );
}

function verdictOf({ outcome, findings }: CheckResult): Verdict {
  if (outcome !== "failed") return outcome;
  return findings.some(({ severity }) => severity === "error") ? "failed" : "warned";
}

function countsOf(lines: readonly Line[]): Readonly<Record<Verdict, number>> {
  const count = (verdict: Verdict) => lines.filter((line) => line.verdict === verdict).length;
  return {
    held: count("held"),
    warned: count("warned"),
    failed: count("failed"),
    "not tried": count("not tried"),
  };
}

function renderLine({ verdict, what, id, reason, outcome }: Line): string {
  const rest = outcome === "not tried" ? `\n    not tried: ${reason ?? ""}` : "";
  return `  ${marks[verdict]} ${what} (${id})${rest}`;
}

function summary(environment: string, lines: readonly Line[]): string {
  const counts = countsOf(lines);
  const sum = Object.entries(counts)
    .filter(([verdict, count]) => count > 0 || verdict === "held")
    .map(([verdict, count]) => `${count} ${verdict}`)
    .join(", ");
  const next =
    counts.failed > 0
      ? `mend what failed, then \`mam doctor ${environment}\` again`
      : `\`mam plan ${environment}\``;
  return `${lines.length} checks of ${environment}: ${sum}. Next: ${next}.\n`;
}
