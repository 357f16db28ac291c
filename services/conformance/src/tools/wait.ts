import { setTimeout as delay } from "node:timers/promises";

/**
 * Waits until something is there.
 *
 * @throws Error after so many seconds, with what was waited for.
 */
export async function waitFor<Result>(
  what: string,
  seconds: number,
  look: () => Promise<Result | undefined | false> | Result | undefined | false,
): Promise<Result> {
  const end = performance.now() + 1000 * seconds;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (performance.now() > end) throw new Error(`not within ${seconds} s: ${what}`);
    await delay(50);
  }
}

/** What went wrong, in words. */
export const wordsOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);
