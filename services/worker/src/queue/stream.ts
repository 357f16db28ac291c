import type { Redis as Valkey } from "iovalkey";

import { timing } from "./timing.ts";

/** An entry of the stream. */
export interface Entry {
  readonly id: string;
  /** Its field `job`; undefined when it has none. */
  readonly job: string | undefined;
}

/** Which stream, and who reads it. */
export interface StreamNames {
  readonly stream: string;
  readonly group: string;
  /** This process: unique, so that nobody takes its entries for their own. */
  readonly consumer: string;
}

/** An entry as Valkey answers it: its id, and names and values by turns; null when it was deleted. */
type RawEntry = [id: string, fields: string[] | null];

/** Dead letters that are kept, about: nobody has to empty the stream for Valkey's sake. */
const deadLettersKept = 10_000;

/** How many entries that wait for a new worker are looked at in one go. */
const pendingAtATime = 100;

/**
 * The stream of jobs, as one consumer of its group sees it.
 *
 * Entries to take over are found by XPENDING and taken by XCLAIM one by one, where XAUTOCLAIM would take whatever comes
 * first: a job of a version that only other workers know would hold up those behind it.
 */
export class JobStream {
  readonly #valkey: Valkey;
  readonly #reader: Valkey;
  readonly #names: StreamNames;
  /** Entries that this worker left to others. */
  readonly #leftToOthers = new Set<string>();

  /**
   * @param valkey for everything but reads.
   * @param reader for reads that block.
   */
  constructor(valkey: Valkey, reader: Valkey, names: StreamNames) {
    this.#valkey = valkey;
    this.#reader = reader;
    this.#names = names;
  }

  /** Makes the group and the stream, unless they are there. */
  async createGroup(): Promise<void> {
    const { stream, group } = this.#names;
    try {
      await this.#valkey.xgroup("CREATE", stream, group, "0", "MKSTREAM");
    } catch (error) {
      if (!String(error).includes("BUSYGROUP")) throw error;
    }
  }

  /** An entry whose worker died or gave it back; undefined when there is none. */
  async takeOver(): Promise<Entry | undefined> {
    const { stream, group, consumer } = this.#names;
    const pending = (await this.#valkey.xpending(
      stream,
      group,
      "IDLE",
      timing.takeOverAfter,
      "-",
      "+",
      pendingAtATime,
    )) as [id: string, ...unknown[]][];
    const candidate = pending.map(([id]) => id).find((id) => !this.#leftToOthers.has(id));
    if (candidate === undefined) return undefined;
    const claimed = (await this.#valkey.xclaim(
      stream,
      group,
      consumer,
      timing.takeOverAfter,
      candidate,
    )) as RawEntry[];
    return claimed.map(toEntry)[0];
  }

  /** The next new entry; undefined when none came within {@link timing.readFor}. */
  async read(): Promise<Entry | undefined> {
    const { stream, group, consumer } = this.#names;
    const answer = (await this.#reader.xreadgroup(
      "GROUP",
      group,
      consumer,
      "COUNT",
      1,
      "BLOCK",
      timing.readFor,
      "STREAMS",
      stream,
      ">",
    )) as [stream: string, entries: RawEntry[]][] | null;
    return answer?.[0]?.[1].map(toEntry)[0];
  }

  /** Says that this worker is still at it: the entry counts as touched now. It is no delivery. */
  async keep(id: string): Promise<void> {
    await this.#claim(id, 0);
  }

  /** Makes the entry one that any worker takes over after `delay` milliseconds, at most {@link timing.takeOverAfter}. */
  async giveBack(id: string, delay = 0): Promise<void> {
    await this.#claim(id, Math.max(0, timing.takeOverAfter - delay));
  }

  /** Gives the entry back, and never takes it again: another release knows what to do with it. */
  async leaveToOthers(id: string): Promise<void> {
    this.#leftToOthers.add(id);
    await this.giveBack(id);
  }

  /** Gives back all that this consumer holds, also what was delivered to it and never arrived. */
  async giveBackAll(): Promise<void> {
    const { stream, group, consumer } = this.#names;
    const pending = (await this.#valkey.xpending(
      stream,
      group,
      "-",
      "+",
      pendingAtATime,
      consumer,
    )) as [id: string, ...unknown[]][];
    for (const [id] of pending) await this.giveBack(id);
  }

  /** Takes the entry off the stream: an acknowledgement alone would leave it in Valkey's memory for good. */
  async finish(id: string): Promise<void> {
    await this.#valkey.xack(this.#names.stream, this.#names.group, id);
    await this.#valkey.xdel(this.#names.stream, id);
  }

  /** Puts what is known of a job that is given up into the stream of dead letters, and takes the entry off this one. */
  async bury(id: string, letter: Readonly<Record<string, string | number>>): Promise<void> {
    const fields = Object.entries(letter).flat();
    const stream = `${this.#names.stream}:dead`;
    await this.#valkey.xadd(stream, "MAXLEN", "~", deadLettersKept, "*", ...fields);
    await this.finish(id);
  }

  async #claim(id: string, idle: number): Promise<void> {
    const { stream, group, consumer } = this.#names;
    await this.#valkey.xclaim(stream, group, consumer, 0, id, "IDLE", idle, "JUSTID");
  }
}

function toEntry([id, fields]: RawEntry): Entry {
  const at = fields?.findIndex((name, index) => index % 2 === 0 && name === "job") ?? -1;
  return { id, job: at === -1 ? undefined : fields?.[at + 1] };
}
