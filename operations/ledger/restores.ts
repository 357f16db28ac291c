import { z } from "zod";

import { frameList } from "./frame-list.ts";
import type { LedgerStore } from "./store.ts";

/** Steps of a move to another cluster, in their order. */
export const switchSteps = ["cluster", "data", "proof", "files", "state", "deploy"] as const;

/** One of them. */
export type SwitchStep = (typeof switchSteps)[number];

/** What a database is restored from. */
const restorePoint = z.discriminatedUnion("kind", [
  /** A logical dump, by its name. */
  z.object({ kind: z.literal("dump"), dump: z.string() }),
  /** DigitalOcean's own point-in-time recovery; the newest backup without a time. */
  z.object({ kind: z.literal("time"), at: z.iso.datetime().optional() }),
  /** A cluster that stands already. */
  z.object({ kind: z.literal("cluster") }),
]);

/** What a database is restored from. */
export type RestorePoint = z.output<typeof restorePoint>;

/** A cluster that was made to prove a backup, or to move to. It contains no secret. */
export const restoreSchema = z.object({
  /** Sorts by time, as a release's does. */
  id: z.string(),
  kind: z.enum(["proof", "switch"]),
  who: z.string(),
  /** The process that works on it, to tell later whether it still runs. */
  process: z.object({ host: z.string(), pid: z.number(), birth: z.string().optional() }),
  begun: z.iso.datetime(),
  ended: z.iso.datetime().optional(),
  /** What was asked for, in the words of who asked. */
  to: z.string(),
  point: restorePoint,
  /** The cluster that ran when it began. */
  source: z.object({ id: z.string(), name: z.string() }),
  /** The other cluster; its id once it was made. */
  cluster: z.object({ id: z.string().optional(), name: z.string() }),
  /** The address that was let in to it. */
  address: z.string(),
  /** Steps of a move that are done. */
  done: z.array(z.enum(switchSteps)),
  /** Why a cluster was moved to although it was not proved. */
  unproved: z.string().optional(),
  /** `running` is one that goes on, or whose process was killed; `removed` is one whose cluster another command removed. */
  result: z.enum(["running", "proved", "not proved", "switched", "given up", "failed", "removed"]),
});

/** A cluster that was made to prove a backup, or to move to. */
export type Restore = z.output<typeof restoreSchema>;

const restores = frameList("restores", restoreSchema, ({ id }) => id);

/** The restores that a ledger remembers, oldest first. */
export const readRestores = (store: LedgerStore): Promise<readonly Restore[]> =>
  restores.read(store);

/** Writes a restore: a new one to the end, or a known one in its place. @throws LedgerUnusable as `recordEntry` does. */
export const recordRestore = (store: LedgerStore, restore: Restore): Promise<void> =>
  restores.record(store, restore);

/** Hours after which a proof of another machine counts as dead: longer than any takes. */
const deadHours = 12;

/** Proofs whose process is gone: their clusters stand and are paid for. A move is gone on with instead. */
export function deadProofs(
  all: readonly Restore[],
  here: {
    readonly now: Date;
    readonly host: string;
    readonly isRunning: (pid: number) => boolean;
  },
): Restore[] {
  return all.filter(({ kind, result, process: { host, pid }, begun }) => {
    if (kind !== "proof" || result !== "running") return false;
    if (host === here.host) return !here.isRunning(pid);
    return here.now.getTime() - Date.parse(begun) > deadHours * 3_600_000;
  });
}

/** The move that goes on; undefined when none does. */
export function openSwitch(all: readonly Restore[]): Restore | undefined {
  return all.findLast(({ kind, result }) => kind === "switch" && result === "running");
}
