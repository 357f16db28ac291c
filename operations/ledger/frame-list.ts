import type { z } from "zod";

import { parseLedger, renderLedgerFile } from "./history.ts";
import { rewriteLedger } from "./ledger.ts";
import type { LedgerStore } from "./store.ts";

/** A list that lies beside the releases of a ledger: a rollback chooses from those alone. */
export interface FrameList<T> {
  /** All of it, oldest first. What this version cannot read is passed over. */
  readonly read: (store: LedgerStore) => Promise<readonly T[]>;
  /** Writes one: a new one to the end, or a known one in its place. @throws LedgerUnusable as `recordEntry` does. */
  readonly record: (store: LedgerStore, one: T) => Promise<void>;
  /** Removes those that are it. @throws LedgerUnusable as `recordEntry` does. */
  readonly forget: (store: LedgerStore, isIt: (one: T) => boolean) => Promise<void>;
}

/**
 * A list of a ledger's file. Versions of this program that do not know it keep it, and so is kept what others wrote into it.
 *
 * @param name of its field in the file.
 * @param keyOf what a known one is found by.
 */
export function frameList<T>(
  name: string,
  schema: z.ZodType<T>,
  keyOf: (one: T) => string,
): FrameList<T> {
  const read = (raw: unknown) => schema.safeParse(raw).data;
  const is = (raw: unknown, isIt: (one: T) => boolean) => {
    const one = read(raw);
    return one !== undefined && isIt(one);
  };
  const rewrite = (store: LedgerStore, change: (all: readonly unknown[]) => readonly unknown[]) =>
    rewriteLedger(store, (text) => {
      const file = parseLedger(text);
      const list = change(listOf(file.frame, name));
      return renderLedgerFile({ ...file, frame: { ...file.frame, [name]: list } });
    });
  return {
    read: async (store) => {
      const known = await store.read();
      return listOf(parseLedger(known?.text).frame, name).flatMap((raw) => read(raw) ?? []);
    },
    record: (store, one) => {
      const written = schema.parse(one);
      return rewrite(store, (all) => {
        const position = all.findIndex((raw) => is(raw, (known) => keyOf(known) === keyOf(one)));
        return position < 0 ? [...all, written] : all.with(position, written);
      });
    },
    forget: (store, isIt) => rewrite(store, (all) => all.filter((raw) => !is(raw, isIt))),
  };
}

function listOf(frame: Readonly<Record<string, unknown>>, name: string): readonly unknown[] {
  const { [name]: list } = frame;
  return Array.isArray(list) ? (list as readonly unknown[]) : [];
}
