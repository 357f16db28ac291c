import { z } from "zod";

import { type LedgerEntry, entrySchema } from "./entry.ts";
import { wholeObjects } from "./salvage.ts";

/** Something in a ledger that is not as this version writes it. */
export interface Oddity {
  /** Which entry: `release 20261124-013427-9f3a`, or where it stands. */
  readonly entry: string;
  /** What is wrong with it, in a sentence without a full stop. */
  readonly problem: string;
  /** Whether the entry is passed over; otherwise it counts, without what this version does not know. */
  readonly passedOver: boolean;
}

/** What a ledger says, as far as this version can read it. */
export interface History {
  /** The entries that can be read, oldest first. */
  readonly entries: readonly LedgerEntry[];
  /**
   * Those of them behind the newest one that is passed over. What was deployed before that one may have been replaced by
   * it.
   */
  readonly certain: readonly LedgerEntry[];
  readonly oddities: readonly Oddity[];
}

/** One place in the list of a ledger, as it is written and as it is read. */
export interface LedgerSlot {
  readonly raw: unknown;
  /** Undefined for what is passed over. */
  readonly entry: LedgerEntry | undefined;
  readonly oddity: Oddity | undefined;
}

const ledgerFile = z.looseObject({ releases: z.array(z.unknown()) });

/** The only version that there is; a file of another one is read entry by entry too. */
const version = 1;

/** A ledger's file: what is written again whatever is changed, and its list. */
export interface LedgerFile {
  readonly frame: Readonly<Record<string, unknown>>;
  readonly slots: readonly LedgerSlot[];
}

/**
 * Reads a ledger's file, entry by entry: one that is damaged, or that another version wrote, stands in nobody's way. Of a
 * text that is no JSON the entries that are whole are taken, and the text is kept as it is.
 */
export function parseLedger(text: string | undefined): LedgerFile {
  if (text === undefined) return { frame: { version }, slots: [] };
  const parsed = ledgerFile.safeParse(jsonOf(text));
  if (parsed.success) {
    const { releases, ...frame } = parsed.data;
    return { frame: { version, ...frame }, slots: releases.map(slotOf) };
  }
  const whole = wholeObjects(text).map((one, index) => slotOf(jsonOf(one), index));
  const problem = "the file is no ledger as this version writes it, or ends too early";
  const rest = { raw: { unreadable: text }, entry: undefined };
  const oddity = { entry: "the rest of the file", problem, passedOver: true };
  return { frame: { version }, slots: [...whole, { ...rest, oddity }] };
}

/** The text of a ledger's file. What this version cannot read is in it as it was. */
export function renderLedgerFile({ frame, slots }: LedgerFile): string {
  return `${JSON.stringify({ ...frame, releases: slots.map(({ raw }) => raw) }, null, 2)}\n`;
}

/** What a ledger's file says. */
export function historyOf({ slots }: LedgerFile): History {
  const entriesOf = (some: readonly LedgerSlot[]) => some.flatMap(({ entry }) => entry ?? []);
  const passed = slots.findLastIndex(({ oddity }) => oddity?.passedOver);
  return {
    entries: entriesOf(slots),
    certain: entriesOf(slots.slice(passed + 1)),
    oddities: slots.flatMap(({ oddity }) => oddity ?? []),
  };
}

/** A place of the list, as an entry is written: checked by what will read it. */
export function writtenSlot(entry: LedgerEntry): LedgerSlot {
  const raw = entrySchema.parse(entry);
  return { raw, entry: raw, oddity: undefined };
}

function slotOf(raw: unknown, index: number): LedgerSlot {
  const parsed = entrySchema.safeParse(raw);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const field = issue && issue.path.length > 0 ? issue.path.join(".") : "the entry";
    const problem = `${field}: ${issue?.message ?? "unreadable"}`;
    return {
      raw,
      entry: undefined,
      oddity: { entry: nameOf(raw, index), problem, passedOver: true },
    };
  }
  const unknown = unknownFields(raw, parsed.data);
  const problem = `has ${unknown.join(", ")}, which this version does not know`;
  const oddity = { entry: nameOf(raw, index), problem, passedOver: false };
  return { raw, entry: parsed.data, oddity: unknown.length > 0 ? oddity : undefined };
}

const named = z.looseObject({ id: z.string() });

function nameOf(raw: unknown, index: number): string {
  const parsed = named.safeParse(raw);
  return parsed.success ? `release ${parsed.data.id}` : `entry ${index + 1}`;
}

/** Fields of what was read that are not in what was made of it. */
function unknownFields(raw: unknown, known: unknown, path = ""): string[] {
  if (typeof raw !== "object" || raw === null) return [];
  return Object.entries(raw).flatMap(([name, value]) => {
    const field = path === "" ? name : `${path}.${name}`;
    if (typeof known !== "object" || known === null || !Object.hasOwn(known, name)) return [field];
    return unknownFields(value, Reflect.get(known, name), field);
  });
}

/** A text as data, a byte order mark before it or not; undefined where it is no JSON. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    return undefined;
  }
}
