import type { LedgerEntry } from "../ledger/entry.ts";
import type { DataSurvey } from "../platform/data-survey.ts";
import type { StorageSurvey } from "../platform/storage-survey.ts";

/** What stands, as far as somebody has asked for it already and nothing was done to it since. */
export interface Known {
  readonly data?: DataSurvey;
  readonly storage?: StorageSurvey;
  /** The ledger, oldest entry first. */
  readonly entries?: readonly LedgerEntry[];
}
