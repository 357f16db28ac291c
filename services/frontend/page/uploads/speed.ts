/** Seconds of the past that count: long enough to be calm, short enough to notice another network. */
const windowSeconds = 12;

interface Sample {
  readonly at: number;
  readonly bytes: number;
}

/** How fast bytes leave, over the last seconds. */
export class Speed {
  #samples: readonly Sample[] = [];

  /** Forgets what was: after a pause the time between is no part of the speed. */
  restart(): void {
    this.#samples = [];
  }

  /**
   * Notes how much has left in all.
   *
   * @param at seconds, by any clock.
   * @returns bytes a second, or undefined while too little is known.
   */
  note(bytes: number, at: number): number | undefined {
    const recent = this.#samples.filter((sample) => at - sample.at <= windowSeconds);
    this.#samples = [...recent, { at, bytes }];
    const first = this.#samples[0];
    if (!first || at - first.at < 1) return undefined;
    return Math.max(0, (bytes - first.bytes) / (at - first.at));
  }
}
