import { z } from "zod";

import { type KnownProcess, processSchema } from "../context/holder.ts";
import { frameList } from "./frame-list.ts";
import type { LedgerStore } from "./store.ts";

/** A lock of a state that a release's Terraform took, as it is remembered until it is given back. */
export const takenLockSchema = z.object({
  stack: z.string(),
  /** What Terraform calls the lock. */
  lock: z.string(),
  /** Id of the release whose Terraform took it. */
  release: z.string(),
  host: z.string(),
  /** Where its process numbers count: a boot of a machine, or a container of it. */
  space: z.string().optional(),
  /** The command that waits for its Terraform. */
  command: processSchema,
  terraform: processSchema.optional(),
  /** When the command last said that it lives. */
  heartbeat: z.iso.datetime(),
  /** Whether its Terraform has ended, and the lock stood all the same. */
  over: z.boolean().optional(),
});

/** A lock of a state that a release's Terraform took. */
export type TakenLock = z.output<typeof takenLockSchema>;

/** One of a stack: whoever takes a lock knows that the one before is gone. */
const list = frameList("locks", takenLockSchema, ({ stack }) => stack);

/** The locks that a ledger remembers. */
export const readTakenLocks = list.read;

/** Writes a lock in the place of an earlier one of its stack. */
export const recordTakenLock = list.record;

/** Removes a lock that was given back. */
export const forgetTakenLock = (store: LedgerStore, lock: string): Promise<void> =>
  list.forget(store, (one) => one.lock === lock);

/** Seconds between two signs of life. Each is a write of the ledger. */
export const heartbeatSeconds = 60;

/** Seconds after which a command that said nothing is not heard of any more: five signs of life that are missing. */
const silenceSeconds = 5 * heartbeatSeconds;

/**
 * Minutes for which a Terraform may go on that outlived its command: both timeouts of a first deployment (60 and 20), and
 * what is around them.
 */
export const outlivingMinutes = 90;

/**
 * What is known of whoever took a lock:
 *
 * - `alive`: it runs, or was heard of a moment ago.
 * - `silent`: its command is not heard of on another machine, and its Terraform may go on there.
 * - `dead`: both have ended, or nobody can live that long.
 */
export type Life = "alive" | "silent" | "dead";

/** From where a lock is looked at. */
export interface Onlooker {
  readonly now: Date;
  readonly host: string;
  readonly space: string | undefined;
  readonly isStill: (process: KnownProcess) => boolean;
}

/** What is known of whoever took a lock. Of another machine's only what it last said is known. */
export function lifeOf(taken: TakenLock, here: Onlooker): Life {
  if (taken.over) return "dead";
  if (taken.host === here.host && taken.space === here.space) {
    const runs = [taken.command, taken.terraform].some((one) => one && here.isStill(one));
    return runs ? "alive" : "dead";
  }
  const seconds = (here.now.getTime() - Date.parse(taken.heartbeat)) / 1000;
  if (seconds <= silenceSeconds) return "alive";
  return seconds <= outlivingMinutes * 60 ? "silent" : "dead";
}
