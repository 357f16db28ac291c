import { setTimeout } from "node:timers/promises";

import { type Ledger, type LedgerEntry, ledgerSchema } from "./entry.ts";
import type { LedgerStore } from "./store.ts";

/** Attempts at writing an entry: two dozen writers at the same moment all get through. */
const attempts = 40;

/** Longest wait before another attempt, in milliseconds; each waits a random part of it, so that they spread. */
const longestWait = 400;

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
 * ever lost: the ledger is replaced only if it still is what was read, and read again afterwards, for a store that
 * takes a conditional write for a plain one.
 *
 * @throws LedgerUnusable when it cannot be written, among others because the store ignores conditions.
 */
export async function recordEntry(store: LedgerStore, entry: LedgerEntry): Promise<void> {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const known = await store.read();
    const { releases } = parse(store, known?.text);
    const replaced = await store.replace(render(withEntry(releases, entry)), known?.version);
    if (replaced && (await holds(store, entry))) return;
    await setTimeout(Math.random() * longestWait);
  }
  throw new LedgerUnusable(
    `${store.place} changed under ${attempts} attempts to write to it. Is somebody else writing, or has a lock file been left?`,
  );
}

/** The newest entry that went well with other images than the given ones: where a rollback goes. */
export function lastGood(
  entries: readonly LedgerEntry[],
  images: LedgerEntry["images"],
): LedgerEntry | undefined {
  return entries.findLast(
    (entry) =>
      entry.result === "succeeded" && JSON.stringify(entry.images) !== JSON.stringify(images),
  );
}

/** The newest entry that went well. */
export function lastSuccess(entries: readonly LedgerEntry[]): LedgerEntry | undefined {
  return entries.findLast(({ result }) => result === "succeeded");
}

function withEntry(entries: readonly LedgerEntry[], entry: LedgerEntry): LedgerEntry[] {
  const others = entries.filter(({ id }) => id !== entry.id);
  const position = entries.findIndex(({ id }) => id === entry.id);
  return position < 0 ? [...others, entry] : others.toSpliced(position, 0, entry);
}

async function holds(store: LedgerStore, entry: LedgerEntry): Promise<boolean> {
  const entries = await readLedger(store);
  return entries.some((one) => one.id === entry.id && one.result === entry.result);
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
