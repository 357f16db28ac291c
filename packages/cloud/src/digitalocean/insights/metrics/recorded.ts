interface Recorded {
  readonly at: number;
  readonly value: number;
}

/** Values that are kept of each: those of an hour, at one a second. */
const kept = 3600;

/** What was measured of real programs, by metric and by what it was measured of. */
export class RecordedMetrics {
  readonly #values = new Map<string, Recorded[]>();
  readonly #holds: number;

  /** @param holds how long a value stands for the present, in milliseconds: what is away has none. */
  constructor(holds = Infinity) {
    this.#holds = holds;
  }

  /**
   * Keeps a value.
   *
   * @param of name of an instance, `<app id> <component>`, or id of a cluster.
   * @param at virtual time in milliseconds since the epoch.
   */
  record(metric: string, of: string, at: number, value: number): void {
    const key = `${metric} ${of}`;
    const values = this.#values.get(key) ?? [];
    values.push({ at, value });
    this.#values.set(key, values.length > 2 * kept ? values.slice(-kept) : values);
  }

  /** Whether anything was measured of it. */
  knows(metric: string, of: string): boolean {
    return this.#values.has(`${metric} ${of}`);
  }

  /** The last value until a time; undefined where that is too long ago. */
  valueAt(metric: string, of: string, at: number): number | undefined {
    const last = this.#values.get(`${metric} ${of}`)?.findLast((one) => one.at <= at);
    return last && at - last.at <= this.#holds ? last.value : undefined;
  }

  /** The mean of the latest values, at most so many; undefined where there are none. */
  meanOfLatest(metric: string, of: string, count: number): number | undefined {
    const latest = this.#values.get(`${metric} ${of}`)?.slice(-count) ?? [];
    if (latest.length === 0) return undefined;
    return latest.reduce((sum, { value }) => sum + value, 0) / latest.length;
  }
}
