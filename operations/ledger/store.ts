/** The text of a ledger, and what tells it apart from any later one. */
export interface StoredLedger {
  readonly text: string;
  readonly version: string;
}

/** Where a ledger lies. */
export interface LedgerStore {
  /** Where a person finds it. */
  readonly place: string;
  /** The ledger as it is; undefined before the first entry. */
  read(): Promise<StoredLedger | undefined>;
  /**
   * Replaces the ledger.
   *
   * @param known the version that was read, or undefined when there was none.
   * @returns whether it was replaced: not when another program wrote in between.
   */
  replace(text: string, known: string | undefined): Promise<boolean>;
  /** Who keeps every writer out, with the line that ends it; undefined where nobody does, absent where no store can tell. */
  readonly held?: () => Promise<string | undefined>;
  /**
   * Keeps a text beside the ledger.
   *
   * @param name tells it apart from others.
   * @returns where a person finds it.
   */
  keep(text: string, name: string): Promise<string>;
}
