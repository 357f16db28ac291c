import { setTimeout } from "node:timers/promises";

import { messageOf } from "@mam-infra/clients/message";
import type { Session } from "../context/session.ts";
import type { LedgerEntry } from "../ledger/entry.ts";
import { readHistory } from "../ledger/ledger.ts";
import { oddityLines } from "../ledger/oddities.ts";
import { ledgerOf } from "../ledger/place.ts";

/** How long the ledger is waited for, in seconds: in an emergency the platform alone has to do. */
const waitSeconds = 10;

/** As much of the ledger as an emergency has time for. */
export interface EmergencyHistory {
  /** Whether it was read, so that it can be written too. */
  readonly isThere: boolean;
  readonly entries: readonly LedgerEntry[];
  /** What cannot be read of it, or why none of it can; empty when all is well. */
  readonly problems: readonly string[];
}

/** Reads the ledger, if it can be read in a few seconds. It never fails. */
export async function emergencyHistory(session: Session): Promise<EmergencyHistory> {
  const wait = new AbortController();
  try {
    const history = await Promise.race([
      readHistory(ledgerOf(session)),
      setTimeout(waitSeconds * 1000, undefined, { signal: wait.signal }),
    ]);
    if (!history) throw new Error(`no answer for ${waitSeconds} seconds`);
    return { isThere: true, entries: history.entries, problems: oddityLines(history.oddities) };
  } catch (error) {
    const why = messageOf(error);
    const problem = `the ledger cannot be read, so the platform alone is asked: ${why}`;
    return { isThere: false, entries: [], problems: [problem] };
  } finally {
    wait.abort();
  }
}
