import { RequestError } from "@mam-services/common/errors";
import type { Logger } from "pino";

import type { Content } from "../media/content.ts";
import type { Opened } from "../origin/origin.ts";
import type { Wanted } from "../origin/requests.ts";
import { OpenFile } from "./open-file.ts";
import { CacheFiles, DiskError } from "./files.ts";
import { SharedTask } from "./shared-task.ts";
import { type Entry, Shelf } from "./shelf.ts";

/** Milliseconds after which storage is asked whether a segment is still the same: a preview may be made again. */
const freshMs = 5 * 60_000;

/** Milliseconds until the next try after the disk or storage refused. */
const pauseMs = 60_000;

/** Largest file that is kept, in bytes: a segment of ten seconds at 20 Mbit/s has 25 MB. */
const largestFile = 32 * 1024 * 1024;

/** What the cache is made from. */
export interface SegmentCacheOptions {
  /** Directory; other instances on the same machine may use it too. */
  readonly path: string;
  /** Bytes on the disk, never more; 0 switches the cache off. */
  readonly maxBytes: number;
  /** Opens an object of storage. */
  readonly open: (key: string, wanted: Wanted, viewer: AbortSignal) => Promise<Opened>;
  readonly logger: Pick<Logger, "warn">;
  /** Milliseconds since 1970; default the wall clock. */
  readonly now?: () => number;
}

/**
 * Segments on the disk. A segment is fetched once however many viewers want it at a time, whole, and served from its
 * file. Whatever is wrong with the disk, viewers are served without it.
 */
export class SegmentCache {
  readonly #options: SegmentCacheOptions;
  readonly #now: () => number;
  readonly #shelf: Shelf;
  readonly #files: CacheFiles;
  readonly #fetches = new Map<string, SharedTask>();
  #pausedUntil = 0;

  constructor(options: SegmentCacheOptions) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
    this.#shelf = new Shelf(options.maxBytes);
    this.#files = new CacheFiles(options.path);
  }

  /** Bytes on the disk. */
  get bytes(): number {
    return this.#shelf.bytes;
  }

  /**
   * A segment, fetched from storage when it is not there.
   *
   * @returns undefined when it cannot be kept: then it has to be streamed from storage.
   * @throws RequestError as storage does.
   */
  async take(key: string, viewer: AbortSignal): Promise<Content | undefined> {
    const kept = this.#shelf.use(key);
    if (kept && this.#now() - kept.checkedAt < freshMs) return this.#content(kept);
    if (!kept && (this.#options.maxBytes === 0 || this.#now() < this.#pausedUntil))
      return undefined;
    try {
      await this.#fetched(key, kept, viewer);
    } finally {
      if (kept) await this.#delete(this.#shelf.release(kept));
    }
    const fetched = this.#shelf.use(key);
    return fetched && this.#content(fetched);
  }

  /** Deletes everything that is kept. */
  close(): Promise<void> {
    return this.#files.close();
  }

  async #fetched(key: string, older: Entry | undefined, viewer: AbortSignal): Promise<void> {
    let task = this.#fetches.get(key);
    if (!task || task.isOver) {
      task = new SharedTask((signal) => this.#fetch(key, older, signal));
      this.#fetches.set(key, task);
    }
    try {
      await task.wait(viewer);
    } finally {
      if (task.isOver && this.#fetches.get(key) === task) this.#fetches.delete(key);
    }
  }

  async #fetch(key: string, older: Entry | undefined, signal: AbortSignal): Promise<void> {
    const opened = await this.#ask(key, older, signal);
    if (opened?.kind !== "object") return;
    const { size } = opened.info;
    const isWanted = !signal.aborted && size <= largestFile;
    const going = isWanted ? this.#shelf.reserve(size) : undefined;
    if (!going) {
      opened.cancel();
      return;
    }
    try {
      await this.#files.delete(going.map(({ path }) => path));
      const path = await this.#files.write(opened.forward);
      const entry = { key, path, info: opened.info, checkedAt: this.#now(), users: 0 };
      void this.#delete(this.#shelf.put(entry));
    } catch (error) {
      this.#shelf.giveBack(size);
      opened.cancel();
      if (error instanceof DiskError) this.#pausedUntil = this.#now() + pauseMs;
      // Whoever waits streams the segment himself, and is told if that fails too.
      if (!signal.aborted) this.#options.logger.warn({ err: error }, "segment not kept");
    }
  }

  /** Asks storage for a segment, or whether an older one is still the same. */
  async #ask(key: string, older: Entry | undefined, signal: AbortSignal) {
    try {
      const opened = await this.#options.open(key, { ifNoneMatch: older?.info.etag }, signal);
      if (older && opened.kind === "unchanged") older.checkedAt = this.#now();
      return opened;
    } catch (error) {
      const isAway = error instanceof RequestError && error.statusCode >= 500;
      if (!older || !isAway) {
        await this.#delete(this.#shelf.drop(key));
        throw error;
      }
      this.#options.logger.warn({ err: error.cause }, "segment served without asking storage");
      older.checkedAt = this.#now() - freshMs + pauseMs;
      return undefined;
    }
  }

  /** A kept segment that is in use already. */
  async #content(entry: Entry): Promise<Content | undefined> {
    const release = async () => {
      await this.#delete(this.#shelf.release(entry));
    };
    try {
      const file = await OpenFile.open(entry.path);
      return {
        info: entry.info,
        forward: (range, sink) => file.forward(range, sink),
        release: async () => {
          await file.close();
          await release();
        },
      };
    } catch (error) {
      this.#options.logger.warn({ err: error }, "segment was deleted by somebody else");
      await this.#delete(this.#shelf.drop(entry.key));
      await release();
      return undefined;
    }
  }

  async #delete(entry: Entry | undefined): Promise<void> {
    if (!entry) return;
    await this.#files.delete([entry.path]).catch((error: unknown) => {
      this.#options.logger.warn({ err: error }, "segment not deleted");
    });
  }
}
