import {
  type History,
  type LedgerSlot,
  historyOf,
  parseLedger,
  renderLedgerFile,
} from "./history.ts";
import { LedgerUnusable } from "./ledger.ts";
import type { LedgerStore } from "./store.ts";

/** What a repair came to. */
export interface Repair {
  readonly history: History;
  /** Where the ledger as it was is kept; undefined when nothing had to be repaired. */
  readonly copy: string | undefined;
}

/**
 * Takes out of a ledger what this version cannot read: whole entries that are passed over, and fields of others that
 * nobody knows. The ledger as it was is kept beside it first.
 *
 * @param now names the copy.
 * @throws LedgerUnusable when another program writes at the same time.
 */
export async function repairLedger(store: LedgerStore, now: Date): Promise<Repair> {
  const known = await store.read();
  const { frame, slots } = parseLedger(known?.text);
  const before = historyOf({ frame, slots });
  if (known === undefined || before.oddities.length === 0)
    return { history: before, copy: undefined };
  const copy = await store.keep(known.text, now.toISOString().replaceAll(/[-:.]/g, ""));
  const repaired = { frame, slots: slots.flatMap(readable) };
  if (await store.replace(renderLedgerFile(repaired), known.version)) {
    return { history: historyOf(repaired), copy };
  }
  throw new LedgerUnusable(
    `${store.place} was written by somebody else meanwhile, and was not repaired. It is kept as ${copy}`,
  );
}

function readable({ entry }: LedgerSlot): LedgerSlot[] {
  return entry ? [{ raw: entry, entry, oddity: undefined }] : [];
}
