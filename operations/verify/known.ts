import type { LedgerEntry } from "../ledger/entry.ts";
import type { ObservedData } from "../platform/observed-data.ts";
import type { ObservedStorage } from "../platform/observed-storage.ts";

/** What stands, as far as it was asked for already and nothing was done to it since. */
export interface KnownState {
  readonly data?: ObservedData;
  readonly storage?: ObservedStorage;
  /** The ledger, oldest entry first. */
  readonly entries?: readonly LedgerEntry[];
}
