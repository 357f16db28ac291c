/** What became of one request that a person's browser made. */
export interface Asked {
  /** What for, in words: `the library`, `a part of an upload`. */
  readonly what: string;
  /** Status of the answer; 0 when there was none. */
  readonly status: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Why it counts as refused, when the request was valid and the answer says otherwise. */
  readonly refused?: string;
}

/** Everything that people asked for, and what of it was refused. */
export class Ledger {
  readonly #asked: Asked[] = [];

  /** Keeps one request. */
  note(asked: Asked): void {
    this.#asked.push(asked);
  }

  /** Keeps that somebody could not go on, because of what an answer said. */
  stopped(error: unknown): void {
    const refused = error instanceof Error ? error.message : String(error);
    this.note({ what: "what somebody was doing", status: 0, at: Date.now(), refused });
  }

  /** Requests that were sent. */
  get sent(): number {
    return this.#asked.length;
  }

  /** Valid requests that were refused, one line for each kind of refusal with its count and its first time. */
  refused(): string[] {
    const kinds = new Map<string, { count: number; first: number }>();
    for (const { what, status, at, refused } of this.#asked) {
      if (refused === undefined) continue;
      const kind = `${what}: ${status === 0 ? "no answer" : status}, ${refused}`;
      const known = kinds.get(kind);
      kinds.set(kind, { count: (known?.count ?? 0) + 1, first: known?.first ?? at });
    }
    return [...kinds].map(
      ([kind, { count, first }]) =>
        `${kind} (${count} times, first ${new Date(first).toISOString()})`,
    );
  }
}
