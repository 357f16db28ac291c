import { historyOf, parseLedger } from "../../../operations/ledger/history.ts";
import { oddityLines } from "../../../operations/ledger/oddities.ts";
import type { RehearsalCloud } from "../../harness/rehearsal-cloud.ts";
import type { Releases } from "../../harness/releases.ts";
import { historyVersions, lockKeys } from "../../harness/states.ts";
import { orphans } from "./standing.ts";

/** What speaks against a command having ended cleanly: locks, orphans, a ledger with holes, half-written files. */
export function leftBehind(cloud: RehearsalCloud, releases: Releases): string[] {
  return [
    ...lockKeys(cloud).map((key) => `lock ${key} is left`),
    ...orphans(cloud),
    ...ledgerGaps(cloud),
    ...releases.broken(),
  ];
}

/** Entries that were recorded once and are lost, and entries that nobody completed. */
function ledgerGaps(cloud: RehearsalCloud): string[] {
  const texts = historyVersions(cloud);
  const histories = texts.map((text) => historyOf(parseLedger(text)));
  const versions = histories.map(({ entries }) => entries);
  const current = versions[0] ?? [];
  const present = new Set(current.map(({ id }) => id));
  const ever = new Set(versions.flatMap((entries) => entries.map(({ id }) => id)));
  return [
    ...oddityLines(histories[0]?.oddities ?? []).map((line) => `ledger: ${line}`),
    ...[...ever].filter((id) => !present.has(id)).map((id) => `release ${id} is lost`),
    ...current
      .filter(({ result }) => result === "running")
      .map(({ id }) => `release ${id} is still running in the ledger`),
  ];
}
