/** Something that is done once for everybody who waits for it, and given up when nobody does any more. */
export class SharedTask {
  readonly #controller = new AbortController();
  readonly #done: Promise<void>;
  #waiting = 0;

  /** @param work gets a signal that is aborted when the last who waited has gone. */
  constructor(work: (signal: AbortSignal) => Promise<void>) {
    this.#done = work(this.#controller.signal);
    // Whoever waits is told; when nobody waits any more, nobody has to be.
    this.#done.catch(() => undefined);
  }

  /** Whether nobody waits any more: it was given up, or is over. */
  get isOver(): boolean {
    return this.#controller.signal.aborted;
  }

  /** Waits for the end, or until `waiter` is aborted. Throws what the work threw. */
  async wait(waiter: AbortSignal): Promise<void> {
    this.#waiting += 1;
    const gone = new Promise<never>((_resolve, reject) => {
      const leave = () => {
        reject(waiter.reason as Error);
      };
      if (waiter.aborted) leave();
      else waiter.addEventListener("abort", leave, { once: true });
    });
    try {
      await Promise.race([this.#done, gone]);
    } finally {
      this.#waiting -= 1;
      if (this.#waiting === 0) this.#controller.abort();
    }
  }
}
