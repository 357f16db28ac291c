/**
 * A signal that is aborted after a time, or with another one. Unlike `AbortSignal.timeout` it holds nothing once it is
 * ended: with many short requests those that are long over would wait for their time in memory.
 */
export class Deadline {
  readonly #controller = new AbortController();
  readonly #timer: NodeJS.Timeout;
  readonly #other: AbortSignal;
  readonly #abort = (): void => {
    this.#controller.abort();
  };

  constructor(milliseconds: number, other: AbortSignal) {
    this.#timer = setTimeout(this.#abort, milliseconds);
    this.#other = other;
    if (other.aborted) this.#abort();
    else other.addEventListener("abort", this.#abort);
  }

  /** Aborted when it is time. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Ends it: nothing is aborted any more. */
  end(): void {
    clearTimeout(this.#timer);
    this.#other.removeEventListener("abort", this.#abort);
  }
}
