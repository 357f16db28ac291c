import { z } from "zod";

import { frameList } from "./frame-list.ts";
import type { LedgerStore } from "./store.ts";

/** A person's session in the database or in an instance, as it is remembered. It contains no secret. */
export const accessSchema = z.object({
  /** Sorts by time, as a release's does. */
  id: z.string(),
  kind: z.enum(["psql", "console"]),
  who: z.string(),
  /** Why, in the words of who asked. */
  reason: z.string(),
  may: z.enum(["read", "write"]),
  /** What was looked at: a database, or a component's instance. */
  where: z.string(),
  /** The process that has it, to tell later whether it still runs. */
  process: z.object({ host: z.string(), pid: z.number() }),
  /** The address that was let in to the database. */
  address: z.string().optional(),
  /** The user that was made for the session. */
  role: z.string().optional(),
  begun: z.iso.datetime(),
  /** When its time is up. */
  until: z.iso.datetime(),
  ended: z.iso.datetime().optional(),
  /** How it ended; `closed` is one that another command ended, because its process was gone or a person asked for it. */
  result: z.enum(["open", "ended", "timed out", "interrupted", "failed", "closed"]),
  /** What the program or the shell ended with. */
  exitCode: z.number().optional(),
});

/** A person's session in the database or in an instance. */
export type Access = z.output<typeof accessSchema>;

const accesses = frameList("accesses", accessSchema, ({ id }) => id);

/** The sessions that a ledger remembers, oldest first. */
export const readAccesses = (store: LedgerStore): Promise<readonly Access[]> =>
  accesses.read(store);

/** Writes a session: a new one to the end, or a known one in its place. @throws LedgerUnusable as `recordEntry` does. */
export const recordAccess = (store: LedgerStore, access: Access): Promise<void> =>
  accesses.record(store, access);

/** Minutes beyond a session's time after which its process, on another machine, counts as dead. */
const graceMinutes = 5;

/** Open sessions whose process is gone: killed, or its time is long up and it has not said how it ended. */
export function staleAccesses(
  accesses: readonly Access[],
  here: {
    readonly now: Date;
    readonly host: string;
    readonly isRunning: (pid: number) => boolean;
  },
): Access[] {
  return accesses.filter(({ result, process: { host, pid }, until }) => {
    if (result !== "open") return false;
    if (host === here.host && !here.isRunning(pid)) return true;
    return here.now.getTime() - Date.parse(until) > graceMinutes * 60_000;
  });
}
