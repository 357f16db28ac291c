import { setTimeout as sleep } from "node:timers/promises";

/**
 * Waits until something is there: no test depends on how long it takes, only on that it comes.
 *
 * @throws Error after two minutes, with what was waited for.
 */
export async function until<T>(
  what: string,
  look: () => Promise<T | undefined | false> | T | undefined | false,
): Promise<T> {
  const end = Date.now() + 120_000;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > end) throw new Error(`this did not come: ${what}`);
    await sleep(50);
  }
}
