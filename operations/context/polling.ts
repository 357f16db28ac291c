import { setTimeout } from "node:timers/promises";

import { AbortError } from "@mam-infra/clients/abort";

/** How something is waited for. */
export interface PollOptions {
  /** What is waited for, to be said when it does not come. */
  readonly what: string;
  /** Longest wait, in seconds. */
  readonly limitSeconds: number;
  /** Ends the wait; what is waited for goes on. */
  readonly interruption: AbortSignal;
}

/** First pause between two questions, in milliseconds; each next one is half as long again. */
const firstPause = 200;

/** Longest pause, in milliseconds: how often the DigitalOcean provider asks too (2.99.1, app/resource_app.go). */
const longestPause = 10_000;

/**
 * Asks again and again until there is an answer. The pauses grow, so that what is quick is noticed quickly and what is
 * slow costs few requests.
 *
 * @param ask answers undefined as long as there is nothing to say.
 * @throws AbortError when the command is interrupted; Error when the time is up.
 */
export async function poll<T>(ask: () => Promise<T | undefined>, options: PollOptions): Promise<T> {
  const { what, limitSeconds, interruption } = options;
  const until = performance.now() + limitSeconds * 1000;
  for (let pause = firstPause; ; pause = Math.min(pause * 1.5, longestPause)) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (performance.now() > until) {
      throw new Error(`${what} is not there after ${Math.round(limitSeconds / 60)} minutes`);
    }
    await setTimeout(pause, undefined, { signal: interruption }).catch(() => {
      throw new AbortError(`${what} was no longer waited for; the platform goes on`);
    });
  }
}
