/** What {@link watch} looks at. */
export interface Watched {
  /** Anything that differs while there is progress. */
  readonly sign: () => number | string;
  /** Called whenever there is a difference. */
  readonly onSign: () => void;
  /** Milliseconds without a difference after which it counts as standing still. */
  readonly limit: number;
  /** Called once when it stands still. */
  readonly onStandstill: () => void;
}

/** How often is looked, in milliseconds. */
const lookEvery = 1_000;

/**
 * Watches whether something goes on.
 *
 * @returns ends the watch.
 */
export function watch({ sign, limit, onSign, onStandstill }: Watched): () => void {
  let last = sign();
  let since = performance.now();
  const timer = setInterval(() => {
    const current = sign();
    if (current !== last) {
      last = current;
      since = performance.now();
      onSign();
    } else if (performance.now() - since > limit) {
      clearInterval(timer);
      onStandstill();
    }
  }, lookEvery);
  return () => {
    clearInterval(timer);
  };
}
