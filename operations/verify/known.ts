import type { LedgerEntry } from "../ledger/entry.ts";
import type { DataSurvey } from "./data-survey.ts";
import type { StorageSurvey } from "./storage-survey.ts";

/** What stands, as far as somebody has asked for it already and nothing was done to it since. */
export interface Known {
  readonly data?: DataSurvey;
  readonly storage?: StorageSurvey;
  /** The ledger, oldest entry first. */
  readonly entries?: readonly LedgerEntry[];
}
