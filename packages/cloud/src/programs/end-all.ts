/** Something that ends when it is told to, or is killed. */
export interface Endable {
  terminate(): void;
  kill(): void;
  /** When it is over. */
  readonly ended: Promise<unknown>;
}

/** Ends all of them, and waits: those that have not ended after some milliseconds are killed. */
export async function endAll(all: readonly Endable[], milliseconds: number): Promise<void> {
  for (const one of all) one.terminate();
  const timer = setTimeout(() => {
    for (const one of all) one.kill();
  }, milliseconds);
  await Promise.all(all.map(({ ended }) => ended));
  clearTimeout(timer);
}
