import { setTimeout } from "node:timers/promises";

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
  /** Pause between two looks, in seconds. */
  readonly seconds: number;
  /** Ends the watch. */
  readonly interruption: AbortSignal;
}

/** Looks and shows until it is interrupted. Returns what was seen last. */
export async function watch<T>(options: Watch<T>): Promise<T> {
  const { look, render, screen, seconds, interruption } = options;
  for (;;) {
    const seen = await look();
    screen.show(render(seen));
    const pause = { signal: interruption };
    await setTimeout(interruption.aborted ? 0 : seconds * 1000, undefined, pause).catch(
      (error: unknown) => {
        if (!interruption.aborted) throw error;
      },
    );
    if (interruption.aborted) return seen;
  }
}
