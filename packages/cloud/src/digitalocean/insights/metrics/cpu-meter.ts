interface Seen {
  readonly at: number;
  readonly cpuSeconds: number;
}

/** Makes CPU time that only grows into CPUs that were busy since the last look; the wall clock counts. */
export class CpuMeter {
  readonly #seen = new Map<string, Seen>();
  readonly #now: () => number;

  /** @param now milliseconds of a clock that never goes back; default: this machine's. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** CPUs that something kept busy since the last look; undefined at the first. */
  coresOf(of: string, cpuSeconds: number): number | undefined {
    const [at, before] = [this.#now(), this.#seen.get(of)];
    this.#seen.set(of, { at, cpuSeconds });
    if (!before || at <= before.at) return undefined;
    // A process that nobody waited for takes its time with it.
    return Math.max(0, cpuSeconds - before.cpuSeconds) / ((at - before.at) / 1000);
  }
}
