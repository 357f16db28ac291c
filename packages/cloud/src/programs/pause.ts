import { setTimeout } from "node:timers/promises";

/** Waits for some milliseconds of the wall clock. @returns whether they passed: false when it was aborted first. */
export async function pause(milliseconds: number, signal: AbortSignal): Promise<boolean> {
  try {
    await setTimeout(milliseconds, undefined, { signal });
    return true;
  } catch (error) {
    if (error instanceof Error && error.name === "AbortError") return false;
    throw error;
  }
}
