import { close, open, read, readSync } from "node:fs";
import { promisify } from "node:util";

import { bufferBytes, giveBuffer, takeBuffer } from "../buffers.ts";
import type { ByteRange } from "../media/ranges.ts";
import type { Sink } from "../origin/connection.ts";

// The functions of node:fs/promises cost several times as much for each read: they make room for a result of `stat`.
const openFile = promisify(open);
const readFile = promisify(read);
const closeFile = promisify(close);

/** Milliseconds that a chunk takes at most that is in the memory of the kernel; 128 KiB are copied in 0.03. */
const quickMs = 2;

/** Milliseconds for which threads read after a chunk that took longer: the disk has to be waited for. */
const pauseMs = 1000;

let threadsUntil = 0;

/**
 * Reads a chunk at once, as long as that is quick: what was written lately is in memory, and a thread costs more than the
 * copy (`npm run bench:platform -- edge`). A disk that lets us wait does so once a second, and not for every viewer.
 */
function readChunk(descriptor: number, buffer: Buffer, length: number, position: number) {
  const begun = performance.now();
  if (begun < threadsUntil) return readFile(descriptor, buffer, 0, length, position);
  const bytesRead = readSync(descriptor, buffer, 0, length, position);
  const now = performance.now();
  if (now - begun > quickMs) threadsUntil = now + pauseMs;
  return { bytesRead };
}

/** A file that is open for reading. */
export class OpenFile {
  readonly #descriptor: number;

  private constructor(descriptor: number) {
    this.#descriptor = descriptor;
  }

  /** @throws when it is not there, or cannot be read. */
  static async open(path: string): Promise<OpenFile> {
    return new OpenFile(await openFile(path, "r"));
  }

  /**
   * Hands a part of it on. The buffer is used again, for the next chunk and for the next file.
   *
   * @throws when the file is shorter, or what the sink throws.
   */
  async forward({ first, last }: ByteRange, sink: Sink): Promise<void> {
    const buffer = takeBuffer();
    let position = first;
    while (position <= last) {
      const wanted = Math.min(bufferBytes, last - position + 1);
      const chunk = readChunk(this.#descriptor, buffer, wanted, position);
      const { bytesRead } = chunk instanceof Promise ? await chunk : chunk;
      if (bytesRead === 0) throw new Error("a file of the segment cache is shorter than it was");
      await sink(buffer.subarray(0, bytesRead));
      position += bytesRead;
    }
    // After an error the buffer may still be on its way to a viewer.
    giveBuffer(buffer);
  }

  /** Closes it. */
  close(): Promise<void> {
    return closeFile(this.#descriptor);
  }
}
