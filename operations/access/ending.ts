import type { Session } from "../context/session.ts";
import type { Access } from "../ledger/accesses.ts";

/** What a session came to, and why it ended before its own end. */
interface Ended<T> {
  readonly value: T;
  /** Undefined where it ended by itself. */
  readonly early: "timed out" | "interrupted" | undefined;
}

/** Waits for a session to end, and ends it when its time is up or the command is interrupted. */
export async function endedInTime<T>(
  { interruption }: Pick<Session, "interruption">,
  { until }: Pick<Access, "until">,
  end: () => void,
  over: Promise<T>,
): Promise<Ended<T>> {
  const isOver = { value: false };
  const timer = setTimeout(
    () => {
      isOver.value = true;
      end();
    },
    Date.parse(until) - Date.now(),
  );
  interruption.addEventListener("abort", end, { once: true });
  if (interruption.aborted) end();
  try {
    const value = await over;
    const early = isOver.value ? "timed out" : interruption.aborted ? "interrupted" : undefined;
    return { value, early };
  } finally {
    clearTimeout(timer);
    interruption.removeEventListener("abort", end);
  }
}
