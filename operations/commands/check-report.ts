import { type CheckReport, type CheckResult, type Verdict, verdictOf } from "../context/check.ts";
import { type Description, type Severity, renderFindings } from "../context/finding.ts";

/** Checks about one thing, under one heading. */
export interface CheckGroup {
  readonly title: string;
  readonly checks: readonly Description[];
}

/** What a report is about, and how it goes on. */
export interface ReportSubject {
  readonly environment: string;
  readonly groups: readonly CheckGroup[];
  /** What a person does when no check failed, and when one did. */
  readonly next: { readonly ok: string; readonly failed: string };
}

/** A line of the report. */
interface Line extends CheckResult {
  readonly group: string;
  readonly severity: Severity;
  readonly verdict: Verdict;
}

const marks: Readonly<Record<Verdict, string>> = {
  passed: "✓",
  warned: "!",
  failed: "✗",
  skipped: "–",
};

/** A report as plain data, for `--json`. */
export function reportData({ environment, groups }: ReportSubject, report: CheckReport) {
  const lines = linesOf(groups, report);
  return { environment, ok: report.ok, counts: countsOf(lines), checks: lines };
}

/** A report for a terminal: every check by group, what to do about the findings, and what comes next. */
export function renderReport(subject: ReportSubject, report: CheckReport): string {
  const { environment, groups, next } = subject;
  const lines = linesOf(groups, report);
  const sections = groups.map(({ title }) =>
    [title, ...lines.filter(({ group }) => group === title).map(renderLine), ""].join("\n"),
  );
  const findings = renderFindings(report.findings);
  const summary = `${lines.length} checks of ${environment}: ${sumOf(lines)}. Next: ${report.ok ? next.ok : next.failed}.\n`;
  return [...sections, ...(findings === "" ? [] : [findings]), summary].join("\n");
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

function countsOf(lines: readonly Line[]): Readonly<Record<Verdict, number>> {
  const count = (verdict: Verdict) => lines.filter((line) => line.verdict === verdict).length;
  return {
    passed: count("passed"),
    warned: count("warned"),
    failed: count("failed"),
    skipped: count("skipped"),
  };
}

function renderLine({ verdict, what, id, reason, outcome }: Line): string {
  const rest = outcome === "skipped" ? `\n    skipped: ${reason ?? ""}` : "";
  return `  ${marks[verdict]} ${what} (${id})${rest}`;
}

function sumOf(lines: readonly Line[]): string {
  return Object.entries(countsOf(lines))
    .filter(([verdict, count]) => count > 0 || verdict === "passed")
    .map(([verdict, count]) => `${count} ${verdict}`)
    .join(", ");
}
