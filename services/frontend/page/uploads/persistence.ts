import { ApiError, SessionEnded, isTransient, wordsOf } from "../api/errors.ts";
import { PartFailure } from "./put-part.ts";
import { waitFor, waitSeconds } from "./waits.ts";

/** Why nothing moves, and when it goes on. */
export interface Trouble {
  readonly words: string;
  /** By the page's monotonic clock, in milliseconds; undefined when somebody has to do something first. */
  readonly until: number | undefined;
}

/** Fresh addresses that storage may refuse in a row before its no is believed. */
const refusalsBelieved = 3;

/**
 * Seconds until another attempt may succeed; undefined when none will.
 *
 * @param failures attempts that have failed in a row, from 1.
 */
export function secondsUntilRetry(error: unknown, failures: number): number | undefined {
  const asked = error instanceof ApiError ? (error.retryAfterSeconds ?? 0) : 0;
  const mayPass = error instanceof PartFailure ? mayPassIn(error, failures) : isTransient(error);
  return mayPass ? Math.max(asked, waitSeconds(failures)) : undefined;
}

/** Whether storage may take a part later that it did not take now. */
function mayPassIn({ status }: PartFailure, failures: number): boolean {
  if (status === 403) return failures < refusalsBelieved;
  return status === 0 || status >= 500 || status === 408 || status === 429;
}

/** What persisting needs to know of the page around it. */
export interface Surroundings {
  readonly signal: AbortSignal;
  /** Resolves when somebody is signed in again. */
  readonly signedIn: (signal: AbortSignal) => Promise<void>;
  /** Is told why nothing moves, and undefined when it does again. */
  readonly onTrouble: (trouble: Trouble | undefined) => void;
}

/**
 * Does something until it succeeds: through a broken network, a service that restarts, a rate limit and the end of the
 * session. What cannot succeed by waiting is thrown at once.
 */
export async function persist<Result>(
  attempt: () => Promise<Result>,
  { signal, signedIn, onTrouble }: Surroundings,
): Promise<Result> {
  for (let failures = 1; ; failures++) {
    signal.throwIfAborted();
    try {
      const result = await attempt();
      onTrouble(undefined);
      return result;
    } catch (error) {
      signal.throwIfAborted();
      await recover(error, failures);
    }
  }

  async function recover(error: unknown, failures: number): Promise<void> {
    if (error instanceof SessionEnded) {
      onTrouble({ words: "Sign in to go on.", until: undefined });
      await signedIn(signal);
      return;
    }
    const seconds = secondsUntilRetry(error, failures);
    if (seconds === undefined) throw error;
    const words = navigator.onLine ? wordsOf(error) : "You are offline.";
    onTrouble({ words, until: performance.now() + seconds * 1000 });
    await waitFor(seconds, signal);
  }
}
