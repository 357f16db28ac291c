import { setTimeout } from "node:timers/promises";

import { type Ledger, type LedgerEntry, ledgerSchema } from "./entry.ts";
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

/** The entries of a ledger, oldest first. */
export async function readLedger(store: LedgerStore): Promise<readonly LedgerEntry[]> {
  return parse(store, (await store.read())?.text).releases;
}

/**
 * Writes an entry: a new one to the end, or a known one in its place. Others write at the same time, and no entry is
 * ever lost: the ledger is replaced only if it still is what was read.
 *
 * @throws LedgerUnusable when it cannot be written, among others because the store ignores conditions.
 */
export async function recordEntry(store: LedgerStore, entry: LedgerEntry): Promise<void> {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const known = await store.read();
    const text = render(withEntry(parse(store, known?.text).releases, entry));
    // Also when an earlier attempt came through and its answer did not.
    if (text === known?.text) return;
    if (await store.replace(text, known?.version)) {
      await proveCondition(store, text, known?.version);
      return;
    }
    await setTimeout(Math.random() * longestWait * (attempt + 1));
  }
  throw new LedgerUnusable(
    `${store.place} changed under ${attempts} attempts to write to it. Is somebody else writing, or has a lock file been left?`,
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
 * Where a rollback goes: the newest entry that went well, with other images than the given ones. Images that somebody
 * has rolled back from since are none to come back to, whatever was thought of them before.
 */
export function lastGood(
  entries: readonly LedgerEntry[],
  images: LedgerEntry["images"] | undefined,
): LedgerEntry | undefined {
  const left = new Set([JSON.stringify(images)]);
  for (const entry of entries.toReversed()) {
    const these = JSON.stringify(entry.images);
    if (entry.result === "rolled back") left.add(these);
    if (entry.result === "succeeded" && !left.has(these)) return entry;
  }
  return undefined;
}

function withEntry(entries: readonly LedgerEntry[], entry: LedgerEntry): LedgerEntry[] {
  const others = entries.filter(({ id }) => id !== entry.id);
  const position = entries.findIndex(({ id }) => id === entry.id);
  return position < 0 ? [...others, entry] : others.toSpliced(position, 0, entry);
}

function parse({ place }: LedgerStore, text: string | undefined): Ledger {
  if (text === undefined) return { version: 1, releases: [] };
  try {
    return ledgerSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new LedgerUnusable(
      `${place} is not a ledger of this version. An earlier version of the object may be: the state bucket keeps them.`,
      { cause },
    );
  }
}

function render(releases: readonly LedgerEntry[]): string {
  return `${JSON.stringify({ version: 1, releases } satisfies Ledger, null, 2)}\n`;
}
