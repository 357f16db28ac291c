import { setTimeout } from "node:timers/promises";

import type { LedgerEntry } from "./entry.ts";
import { type History, historyOf, parseLedger, renderLedgerFile, writtenSlot } from "./history.ts";
import { type Told, sameImages } from "./settings.ts";
import type { LedgerStore } from "./store.ts";

/** Attempts at writing an entry: two dozen writers at the same moment all get through. */
const attempts = 40;

/**
 * Longest wait before the second attempt, in milliseconds, and how much longer it may be before each further one. Each
 * writer waits a random part of it, so that they spread.
 */
const longestWait = 100;

/** Thrown when the ledger cannot be read or written; the message says where it lies. */
export class LedgerUnusable extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "LedgerUnusable";
  }
}

/** What a ledger says, as far as this version can read it. */
export async function readHistory(store: LedgerStore): Promise<History> {
  return historyOf(parseLedger((await store.read())?.text));
}

/** The entries of a ledger that can be read, oldest first. */
export async function readLedger(store: LedgerStore): Promise<readonly LedgerEntry[]> {
  return (await readHistory(store)).entries;
}

/**
 * Writes an entry: a new one to the end, or a known one in its place. Others write at the same time, and no entry is
 * ever lost, one that this version cannot read neither: the ledger is replaced only if it still is what was read.
 *
 * @throws LedgerUnusable when it cannot be written, among others because the store ignores conditions.
 */
export async function recordEntry(store: LedgerStore, entry: LedgerEntry): Promise<void> {
  await rewriteLedger(store, (text) => withEntry(text, entry));
}

/**
 * Changes a ledger, again and again until nobody else wrote in between.
 *
 * @param change makes the new text of the one that stands; asked once for each attempt.
 * @throws LedgerUnusable as {@link recordEntry} does.
 */
export async function rewriteLedger(
  store: LedgerStore,
  change: (text: string | undefined) => string,
): Promise<void> {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const known = await store.read();
    const text = change(known?.text);
    // Also when an earlier attempt came through and its answer did not.
    if (text === known?.text) return;
    if (await store.replace(text, known?.version)) {
      await proveCondition(store, text, known?.version);
      return;
    }
    await setTimeout(Math.random() * longestWait * (attempt + 1));
  }
  const held = await store.held?.();
  throw new LedgerUnusable(
    held === undefined
      ? `${store.place} changed under ${attempts} attempts to write to it. Is somebody else writing, or has a lock file been left?`
      : `${store.place} could not be written in ${attempts} attempts. ${held}`,
  );
}

/**
 * Asks for the same replacement a second time, which has to be refused. A store that grants it takes a conditional
 * write for a plain one: it loses entries, and would lock nothing either, and says nothing.
 */
async function proveCondition(store: LedgerStore, text: string, known: string | undefined) {
  if (!(await store.replace(text, known))) return;
  throw new LedgerUnusable(
    `${store.place} lies in a store that ignores conditions: it replaced a version that was no longer there. Neither the ledger nor a state is safe in it; docs/state.md says how to prove a store.`,
  );
}

/**
 * Where a rollback goes: the newest entry that succeeded and differs from the release that is left. An entry that was
 * rolled back from since does not count.
 *
 * @param isSame whether two releases are the same for a rollback, which compares images, because it changes only those.
 */
export function lastGood(
  entries: readonly LedgerEntry[],
  from: Told | undefined,
  isSame: (one: Told, other: Told) => boolean = sameImages,
): LedgerEntry | undefined {
  const left = from ? [from] : [];
  for (const entry of entries.toReversed()) {
    if (entry.result === "rolled back") left.push(entry);
    if (entry.result === "succeeded" && !left.some((one) => isSame(one, entry))) return entry;
  }
  return undefined;
}

function withEntry(text: string | undefined, entry: LedgerEntry): string {
  const { frame, slots } = parseLedger(text);
  const written = writtenSlot(entry);
  const position = slots.findIndex((slot) => slot.entry?.id === entry.id);
  const changed = position < 0 ? [...slots, written] : slots.with(position, written);
  return renderLedgerFile({ frame, slots: changed });
}
