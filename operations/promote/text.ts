import { columns } from "../context/columns.ts";
import { type Finding, renderFindings } from "../context/finding.ts";
import { oneLine } from "../context/printable.ts";
import type { LedgerEntry } from "../ledger/entry.ts";
import { type ImageChange, renderChanges } from "../release/difference.ts";
import type { Difference, DifferenceKind } from "./differences.ts";

/** What is said of a promotion. */
export interface PromotionReport {
  readonly from: string;
  readonly to: string;
  /** The release file of the target, as a person types it. */
  readonly file: string;
  readonly release: LedgerEntry | undefined;
  readonly changes: readonly ImageChange[];
  readonly differences: readonly Difference[];
  readonly findings: readonly Finding[];
  /** Whether the file was written. */
  readonly written: boolean;
}

const headings: Readonly<Record<DifferenceKind, string>> = {
  size: "sizes and counts",
  variable: "variables",
  feature: "features",
};

/** A promotion that nothing speaks against, for a terminal. */
export function renderPromotion(report: PromotionReport): string {
  const { from, to, file, release, changes, findings, written } = report;
  return [
    release ? `${evidenceLine(from, release)}\n` : "",
    `${file}${written ? "" : ", which would say"}\n`,
    renderChanges(changes),
    renderDifferences(report),
    findings.length > 0 ? `\n${renderFindings(findings)}` : "",
    written
      ? `Commit it, then: mam plan ${to}\n`
      : `Nothing was written. To write it: mam promote ${from} ${to}\n`,
  ].join("");
}

/** A promotion that is refused. */
export function renderRefusal({ from, to, file, release, findings }: PromotionReport): string {
  const what = release ? `release ${release.id} of ${from}` : `what ${from} runs`;
  return `${renderFindings(findings)}${to}: ${what} is not promoted. ${file} was not changed.\n`;
}

function evidenceLine(environment: string, { id, who, ended, verified }: LedgerEntry): string {
  const counts = verified
    ? `: ${verified.passed} checks passed, ${verified.warned} warned, ${verified.skipped.length} left out`
    : "";
  const when = verified?.at ?? ended ?? "";
  return `Release ${id} of ${environment}, by ${oneLine(who)}, accepted by verify ${when}${counts}`;
}

function renderDifferences({ from, to, differences }: PromotionReport): string {
  if (differences.length === 0) return "";
  const kinds = Object.entries(headings) as [DifferenceKind, string][];
  const parts = kinds.flatMap(([kind, heading]) => {
    const rows = differences
      .filter((one) => one.kind === kind)
      .map((one) => [`    ${one.what}`, `${one.from} → ${one.to}`]);
    return rows.length === 0 ? [] : [`  ${heading}`, ...columns(rows)];
  });
  return `\nWhat differs between ${from} and ${to}:\n${parts.map((line) => `${line}\n`).join("")}\n`;
}
