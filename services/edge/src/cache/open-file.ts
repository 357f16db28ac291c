import { close, open, read } from "node:fs";
import { promisify } from "node:util";

import { bufferBytes, giveBuffer, takeBuffer } from "../buffers.ts";
import type { ByteRange } from "../media/ranges.ts";
import type { Sink } from "../origin/connection.ts";

// The functions of node:fs/promises cost several times as much for each read: they make room for a result of `stat`.
const openFile = promisify(open);
const readFile = promisify(read);
const closeFile = promisify(close);

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
      const { bytesRead } = await readFile(this.#descriptor, buffer, 0, wanted, position);
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
