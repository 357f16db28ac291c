/** What decides how soon to ask again. */
export interface Watched {
  /** Whether anything shown is still on its way. */
  readonly isMoving: boolean;
  /** Whether anybody can see the page. */
  readonly isVisible: boolean;
  /** Requests that have failed in a row. */
  readonly failures: number;
}

/** Seconds between two questions: soon while something moves, seldom while nobody looks, longer with each failure. */
export function pollSeconds({ isMoving, isVisible, failures }: Watched): number {
  const usual = isMoving ? 2.5 : 20;
  const wanted = isVisible ? usual : 60;
  return Math.min(wanted * 2 ** Math.min(failures, 6), Math.max(wanted, 60));
}
