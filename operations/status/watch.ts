import { setTimeout } from "node:timers/promises";

import { throwIfAborted } from "@mam-infra/clients/abort";

/** Where a status is shown again and again. */
export interface Screen {
  /** Shows a text in place of the one before. */
  show(text: string): void;
}

/** What is shown, and how often. */
export interface Watch<T> {
  readonly look: () => Promise<T>;
  readonly render: (seen: T) => string;
  readonly screen: Screen;
  /** Seconds between two times that something is shown. */
  readonly seconds: number;
  /** Longest pause between two looks, in seconds: with a longer one what is shown from memory would grow old. */
  readonly longestPause: number;
  /** Ends the watch. */
  readonly interruption: AbortSignal;
}

/**
 * Looks and shows until it is interrupted. Returns what was shown last: a look that is interrupted may have seen half.
 *
 * @throws AbortError when it is before anything was shown.
 */
export async function watch<T>(options: Watch<T>): Promise<T> {
  const { look, render, screen, seconds, longestPause, interruption } = options;
  let shown: { readonly seen: T } | undefined;
  for (;;) {
    const seen = await look();
    if (interruption.aborted && shown) return shown.seen;
    throwIfAborted(interruption, "nothing was seen yet");
    shown = { seen };
    screen.show(render(seen));
    for (let left = seconds; left > 0; left -= longestPause) {
      await pause(Math.min(left, longestPause), interruption);
      if (interruption.aborted) return seen;
      if (left > longestPause) await look();
    }
  }
}

/** Waits for some seconds, or until it is interrupted. */
export async function pause(seconds: number, signal: AbortSignal): Promise<void> {
  await setTimeout(seconds * 1000, undefined, { signal }).catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
}
