import { mkdtempSync } from "node:fs";
import { type FileHandle, open, rm, unlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { Keeper } from "../../programs/keeper.ts";
import { Body, type SpoolFile } from "./body.ts";

/** Bytes up to which a body stays in memory. */
export const memoryBytes = 256 * 1024;

/** Bytes that are written to a file at a time. */
const writeBytes = 1024 * 1024;

/** Thrown when a body is longer than it may be. */
export class BodyTooLong extends Error {}

/**
 * Where the bodies of a store are kept that are too large for memory: files in a temporary directory, made when the first
 * is needed and removed with this process, also when that is killed.
 */
export class Spool {
  #place: { readonly directory: string; readonly keeper: Keeper } | undefined;
  readonly #files = new Set<SpoolFile>();
  #count = 0;

  /**
   * Takes a body in as it comes. Its file is kept until it is released, whether an object has it then or not.
   *
   * @param limit most bytes that it may have.
   * @throws BodyTooLong; or whatever the source throws. Nothing of it is kept then.
   */
  async receive(source: AsyncIterable<Buffer>, limit: number): Promise<Body> {
    const writer = new Writer(() => this.#newFile());
    try {
      for await (const chunk of source) {
        await writer.write(chunk);
        if (writer.length > limit) throw new BodyTooLong();
      }
      return await writer.finish();
    } catch (error) {
      const file = await writer.abandon();
      if (file) await this.#remove(file);
      throw error;
    }
  }

  /** Says that a body that was received has come to where it belongs. */
  release(body: Body): void {
    for (const file of body.files()) file.readers -= 1;
  }

  /** Removes the files that nothing needs any more, and nobody reads. @param needed those that objects and parts have. */
  async sweep(needed: () => ReadonlySet<SpoolFile>): Promise<void> {
    const idle = [...this.#files].filter(({ readers }) => readers === 0);
    if (idle.length === 0) return;
    const kept = needed();
    await Promise.all(idle.filter((file) => !kept.has(file)).map((file) => this.#remove(file)));
  }

  /** Removes all files. */
  async close(): Promise<void> {
    await this.#place?.keeper.close();
    if (this.#place) await rm(this.#place.directory, { recursive: true, force: true });
    this.#place = undefined;
    this.#files.clear();
  }

  #newFile(): SpoolFile {
    this.#place ??= makePlace();
    this.#count += 1;
    const file = { path: join(this.#place.directory, String(this.#count)), readers: 1 };
    this.#files.add(file);
    return file;
  }

  async #remove(file: SpoolFile): Promise<void> {
    this.#files.delete(file);
    await unlink(file.path);
  }
}

function makePlace() {
  const directory = mkdtempSync(join(tmpdir(), "mam-cloud-objects-"));
  return { directory, keeper: new Keeper(directory) };
}

/** Collects a body, first in memory, then in a file. */
class Writer {
  length = 0;
  readonly #newFile: () => SpoolFile;
  #waiting: Buffer[] = [];
  #waitingBytes = 0;
  #file: { readonly file: SpoolFile; readonly handle: FileHandle } | undefined;

  constructor(newFile: () => SpoolFile) {
    this.#newFile = newFile;
  }

  async write(chunk: Buffer): Promise<void> {
    this.length += chunk.length;
    this.#waiting.push(chunk);
    this.#waitingBytes += chunk.length;
    if (this.#waitingBytes > (this.#file ? writeBytes : memoryBytes)) await this.#flush();
  }

  async finish(): Promise<Body> {
    if (!this.#file) return Body.of(Buffer.concat(this.#waiting));
    await this.#flush();
    await this.#file.handle.close();
    return Body.inFile(this.#file.file, this.length);
  }

  /** @returns the file that it had begun, if any. */
  async abandon(): Promise<SpoolFile | undefined> {
    await this.#file?.handle.close();
    return this.#file?.file;
  }

  async #flush(): Promise<void> {
    if (!this.#file) {
      const file = this.#newFile();
      this.#file = { file, handle: await open(file.path, "wx", 0o600) };
    }
    const chunks = this.#waiting;
    this.#waiting = [];
    this.#waitingBytes = 0;
    await writeAll(this.#file.handle, chunks);
  }
}

/** A file system may take less than it is given. */
async function writeAll(handle: FileHandle, chunks: readonly Buffer[]): Promise<void> {
  const bytes = Buffer.concat(chunks);
  for (let at = 0; at < bytes.length;) {
    at += (await handle.write(bytes, at, bytes.length - at)).bytesWritten;
  }
}
