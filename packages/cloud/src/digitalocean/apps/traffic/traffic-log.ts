/** What became of a request to a program. */
export type TrafficOutcome =
  /** A component answered, to the last byte. */
  | "answered"
  /** The platform answered by a rule of the ingress: a redirect or a preflight. */
  | "ruled"
  /** The platform has no rule or no app for it. */
  | "not-routed"
  /** The platform could not get an answer: what a user sees as an outage. */
  | "refused"
  /** A component's answer broke off: an outage as well. */
  | "broken"
  /** The client went first. */
  | "left";

/** A request that came to an app whose images are programs. */
export interface TrafficEntry {
  /** When it came, by the wall clock, ISO 8601. */
  readonly at: string;
  readonly method: string;
  /** The official host. */
  readonly host: string;
  /** Path without the query: a query may be a secret. */
  readonly path: string;
  /** Status of the answer; 0 without one. */
  readonly status: number;
  readonly milliseconds: number;
  readonly outcome: TrafficOutcome;
  readonly component?: string;
  readonly instance?: string;
  /** Why it was refused, or not routed. */
  readonly reason?: string;
}

/** Requests that are kept; the numbers of {@link TrafficLog.counts} are of all. */
const kept = 50_000;

/** Every request to programs, and what became of it: the evidence that a release refuses nobody. */
export class TrafficLog {
  #entries: TrafficEntry[] = [];
  readonly #counts = new Map<TrafficOutcome, number>();

  /** Appends a request. */
  record(entry: TrafficEntry): void {
    this.#entries.push(entry);
    if (this.#entries.length > 2 * kept) this.#entries = this.#entries.slice(-kept);
    this.#counts.set(entry.outcome, (this.#counts.get(entry.outcome) ?? 0) + 1);
  }

  /** The latest requests, oldest first; a copy. */
  entries(): readonly TrafficEntry[] {
    return this.#entries.slice(-kept);
  }

  /** The requests of the last milliseconds by the wall clock, latest first; none before those that are kept. */
  latest(milliseconds: number): TrafficEntry[] {
    const from = new Date(Date.now() - milliseconds).toISOString();
    const found: TrafficEntry[] = [];
    // They are in the order of their ends: one that took longer than this may stand behind an older one, and is not found.
    for (let index = this.#entries.length - 1; index >= 0; index -= 1) {
      const entry = this.#entries[index];
      if (!entry || entry.at < from) break;
      found.push(entry);
    }
    return found;
  }

  /** How many requests came to which end, of all since the beginning. */
  counts(): Readonly<Record<TrafficOutcome, number>> {
    const none = { answered: 0, ruled: 0, "not-routed": 0, refused: 0, broken: 0, left: 0 };
    return { ...none, ...Object.fromEntries(this.#counts) };
  }
}
