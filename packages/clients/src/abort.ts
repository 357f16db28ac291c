/** Thrown where something was not begun, or not finished, because the command was interrupted. */
export class Interrupted extends Error {
  constructor(what: string) {
    super(`interrupted: ${what}`);
    this.name = "Interrupted";
  }
}

/** @throws Interrupted when the command was interrupted: what has not begun does not begin any more. */
export function unlessInterrupted(interruption: AbortSignal, what: string): void {
  if (interruption.aborted) throw new Interrupted(what);
}
