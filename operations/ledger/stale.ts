import type { LedgerEntry } from "./entry.ts";

/**
 * Longest that a deployment can take, in hours: the creation of a database (60 minutes), a deployment of the app (20),
 * both timeouts of constructs/, and what is around them.
 */
const longestHours = 2;

/** From where a ledger is looked at. */
export interface Here {
  readonly now: Date;
  readonly host: string;
  /** Whether a process of this machine runs. */
  readonly isRunning: (pid: number) => boolean;
}

/**
 * Entries whose process was killed before it could say what became of it, as they have to read: interrupted, and so
 * does a stack that was not known to be done.
 */
export function staleEntries(entries: readonly LedgerEntry[], here: Here): LedgerEntry[] {
  return entries
    .filter((entry) => entry.result === "running" && isStale(entry, here))
    .map((entry) => ({
      ...entry,
      ended: here.now.toISOString(),
      result: "interrupted" as const,
      reason: "its process was killed, and what it came to was never said",
      stacks: {
        storage: asUnknown(entry.stacks.storage),
        data: asUnknown(entry.stacks.data),
        app: asUnknown(entry.stacks.app),
        ...(entry.stacks.gpu ? { gpu: asUnknown(entry.stacks.gpu) } : {}),
      },
    }));
}

function isStale({ begun, process }: LedgerEntry, { now, host, isRunning }: Here): boolean {
  if (process?.host === host && !isRunning(process.pid)) return true;
  return now.getTime() - Date.parse(begun) > longestHours * 3_600_000;
}

type RecordedStack = LedgerEntry["stacks"]["app"];

function asUnknown(stack: RecordedStack): RecordedStack {
  return stack?.outcome === "not begun" ? { ...stack, outcome: "interrupted" } : stack;
}
