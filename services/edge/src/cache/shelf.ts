import type { ObjectInfo } from "../media/conditions.ts";

/** A segment on the disk. */
export interface Entry {
  readonly key: string;
  readonly path: string;
  readonly info: ObjectInfo;
  /** When storage last said that it is still the same; milliseconds since 1970. */
  checkedAt: number;
  /** Viewers that read it now. */
  users: number;
}

/** Bytes of a block of a file system: a file takes whole ones. */
const blockBytes = 4096;

/** Bytes that a file takes on the disk. */
const onDisk = (bytes: number) => Math.max(1, Math.ceil(bytes / blockBytes)) * blockBytes;

/**
 * The books of the cache: what is kept, how much room is left, what has to go. The total never exceeds the limit. What
 * somebody reads stays, because a deleted file takes its room until it is closed.
 */
export class Shelf {
  readonly #limit: number;
  /** The least recently used first. */
  readonly #entries = new Map<string, Entry>();
  #bytes = 0;

  /** @param limit bytes of everything together, with what is being written. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Bytes that are taken. */
  get bytes(): number {
    return this.#bytes;
  }

  /**
   * Makes room for a file of `size` bytes.
   *
   * @returns entries whose files have to be deleted before it is written; undefined when there is no room.
   */
  reserve(size: number): readonly Entry[] | undefined {
    const room = this.#limit - onDisk(size);
    const going: Entry[] = [];
    let bytes = this.#bytes;
    for (const entry of this.#entries.values()) {
      if (bytes <= room) break;
      if (entry.users > 0) continue;
      going.push(entry);
      bytes -= onDisk(entry.info.size);
    }
    if (bytes > room) return undefined;
    for (const { key } of going) this.#entries.delete(key);
    this.#bytes = bytes + onDisk(size);
    return going;
  }

  /** Gives the room of a file back that is not there, or not any more. */
  giveBack(size: number): void {
    this.#bytes -= onDisk(size);
  }

  /**
   * Keeps an entry for which room was reserved, in the place of an older one of its key.
   *
   * @returns the older one when its file has to be deleted now; one that is in use goes when it is released.
   */
  put(entry: Entry): Entry | undefined {
    const older = this.drop(entry.key);
    this.#entries.set(entry.key, entry);
    return older;
  }

  /** Forgets an entry. Returns it when its file has to be deleted now. */
  drop(key: string): Entry | undefined {
    const entry = this.#entries.get(key);
    this.#entries.delete(key);
    return entry && this.#leave(entry);
  }

  /** What is kept of a key: used now, and not to be deleted before {@link release}. */
  use(key: string): Entry | undefined {
    const entry = this.#entries.get(key);
    if (!entry) return undefined;
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    entry.users += 1;
    return entry;
  }

  /** Ends a use. Returns the entry when its file has to be deleted now. */
  release(entry: Entry): Entry | undefined {
    entry.users -= 1;
    return this.#entries.get(entry.key) === entry ? undefined : this.#leave(entry);
  }

  #leave(entry: Entry): Entry | undefined {
    if (entry.users > 0) return undefined;
    this.giveBack(entry.info.size);
    return entry;
  }
}
