/** Where a price was read. */
export type Evidence =
  /** On the vendor's own page, at the date. */
  | "published"
  /** In other people's pages that quote the vendor's, at the date: confirm it before you rely on it. */
  | "second-hand"
  /** In the vendor's API, just now. */
  | "live";

/** What one unit of something costs. */
export interface Price {
  readonly amount: number;
  readonly currency: "USD";
  /** What the amount is for: `instance and month`, `GiB`. */
  readonly per: string;
  /** When it stood there: `YYYY-MM-DD`, or `YYYY-MM` where the day is not known. */
  readonly date: string;
  /** Page, or field of an API, where it stands. */
  readonly source: string;
  readonly evidence: Evidence;
  /** Whether only the smallest plan's price is known, and this may be a larger one. */
  readonly atLeast?: true;
}

/** Prices by what they are for. */
export type Prices = Readonly<Record<string, Price>>;

/** A price in US dollars that a page of its vendor says. */
export function published(amount: number, per: string, date: string, source: string): Price {
  return { amount, currency: "USD", per, date, source, evidence: "published" };
}

/** A price in US dollars that others say the vendor's page says. */
export function secondHand(amount: number, per: string, date: string, source: string): Price {
  return { ...published(amount, per, date, source), evidence: "second-hand" };
}
