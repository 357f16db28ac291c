import { minuteOf } from "../context/age.ts";
import { columns } from "../context/columns.ts";
import { oneLine } from "../context/printable.ts";
import type { Access } from "../ledger/accesses.ts";
import type { Closed } from "./close.ts";

/** The sessions that were, newest last. */
export function renderAccesses(sessions: readonly Access[]): string {
  if (sessions.length === 0) return "No session is recorded.\n";
  const rows = sessions.map((one) => [
    one.id,
    one.kind,
    one.may,
    one.where,
    oneLine(one.who),
    one.result === "open" ? `open until ${minuteOf(one.until)}` : one.result,
    oneLine(one.reason),
  ]);
  return `${columns(rows).join("\n")}\n`;
}

/** What `--close` did. */
export function renderClosed(environment: string, { sessions, sources, problems }: Closed): string {
  const lines = [
    ...sessions.map(({ id, who, reason }) => `closed ${id} of ${oneLine(who)}: ${oneLine(reason)}`),
    ...sources.map((source) => `took ${source} out of the trusted sources`),
    ...problems.map((problem) => `failed: ${problem}`),
  ];
  if (lines.length === 0) return `Nothing was open in the database of ${environment}.\n`;
  return `${lines.join("\n")}\n`;
}
