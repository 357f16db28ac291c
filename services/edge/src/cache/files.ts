import { mkdir, open, readdir, rm } from "node:fs/promises";
import { join } from "node:path";

import type { Sink } from "../origin/connection.ts";

/** The disk refused: it is full, or cannot be written. */
export class DiskError extends Error {
  override readonly name = "DiskError";
}

const ownName = /^edge-(\d+)$/;

/** Files of this process below a directory that other instances on the same machine use too. */
export class CacheFiles {
  readonly #base: string;
  #directory: Promise<string> | undefined;
  #written = 0;

  constructor(base: string) {
    this.#base = base;
  }

  /**
   * Writes a new file.
   *
   * @param forward hands its content to a sink.
   * @returns its path.
   * @throws DiskError, or what `forward` throws; no file is left then.
   */
  async write(forward: (sink: Sink) => Promise<void>): Promise<string> {
    const path = join(await this.#ownDirectory(), String((this.#written += 1)));
    const file = await onDisk(open(path, "wx"));
    try {
      await forward((chunk) => onDisk(file.appendFile(chunk)));
      await onDisk(file.close());
      return path;
    } catch (error) {
      await file.close().catch(() => undefined);
      await rm(path, { force: true });
      throw error;
    }
  }

  /** Deletes files. */
  async delete(paths: readonly string[]): Promise<void> {
    await onDisk(Promise.all(paths.map((path) => rm(path, { force: true }))));
  }

  /** Deletes everything that was written. */
  async close(): Promise<void> {
    const directory = await this.#directory?.catch(() => undefined);
    if (directory !== undefined) await rm(directory, { recursive: true, force: true });
  }

  async #ownDirectory(): Promise<string> {
    this.#directory ??= makeOwnDirectory(this.#base);
    try {
      return await onDisk(this.#directory);
    } catch (error) {
      // The next attempt may find a disk that can be written.
      this.#directory = undefined;
      throw error;
    }
  }
}

/**
 * Makes a directory for this process alone, and deletes those of processes that are no more: they would take room that
 * nobody counts. Directories of other processes that run, and everything else there, stay.
 */
async function makeOwnDirectory(base: string): Promise<string> {
  await mkdir(base, { recursive: true });
  for (const name of await readdir(base)) {
    const pid = Number(ownName.exec(name)?.[1]);
    if (pid === process.pid || (pid > 0 && !isRunning(pid))) {
      await rm(join(base, name), { recursive: true, force: true });
    }
  }
  const own = join(base, `edge-${process.pid}`);
  await mkdir(own);
  return own;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

async function onDisk<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    throw error instanceof DiskError
      ? error
      : new DiskError("the directory of the segment cache cannot be written", { cause: error });
  }
}
