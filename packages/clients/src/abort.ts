/** Thrown where something was not begun, or not finished, because the command was interrupted. */
export class AbortError extends Error {
  constructor(what: string) {
    super(`interrupted: ${what}`);
    this.name = "AbortError";
  }
}

/** @throws AbortError when the command was interrupted: what has not begun does not begin any more. */
export function throwIfAborted(interruption: AbortSignal, what: string): void {
  if (interruption.aborted) throw new AbortError(what);
}
