/** A query that Prometheus refuses, with Prometheus' word for it. */
export class QueryError extends Error {
  readonly kind: "bad_data" | "execution";
  /** Whether the real platform could answer it, and only the rehearsal does not play it. */
  readonly isNotPlayed: boolean;

  constructor(kind: QueryError["kind"], message: string, isNotPlayed = false) {
    super(message);
    this.name = "QueryError";
    this.kind = kind;
    this.isNotPlayed = isNotPlayed;
  }
}

/** A query that is wrong in itself. */
export const badQuery = (message: string) => new QueryError("bad_data", message);

/** A query that is right and too much for the rehearsal. */
export const notPlayed = (what: string) =>
  new QueryError("bad_data", `the rehearsal cloud does not play ${what}`, true);
