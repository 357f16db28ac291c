/** Longest wait between two attempts, in seconds: a network that comes back is noticed soon. */
const longestSeconds = 30;

/**
 * Seconds to wait before an attempt: 1, 2, 4 and so on up to 30, and up to a fifth less, so that many pages that lost
 * one service do not all come back at one moment.
 *
 * @param failures attempts that have failed in a row, from 1.
 * @param random between 0 and 1.
 */
export function waitSeconds(failures: number, random = Math.random()): number {
  return Math.min(2 ** (failures - 1), longestSeconds) * (1 - random / 5);
}

/**
 * Waits, but no longer than until the browser says that it is online again.
 *
 * @throws the signal's reason when it is aborted.
 */
export function waitFor(seconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const over = () => {
      clearTimeout(timer);
      removeEventListener("online", done);
      signal.removeEventListener("abort", stopped);
    };
    const done = () => {
      over();
      resolve();
    };
    const stopped = () => {
      over();
      reject(signal.reason as Error);
    };
    const timer = setTimeout(done, seconds * 1000);
    addEventListener("online", done);
    signal.addEventListener("abort", stopped);
    if (signal.aborted) stopped();
  });
}
