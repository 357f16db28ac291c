import { type FileHandle } from "node:fs/promises";

import type { ByteRange } from "../media/ranges.ts";
import type { Sink } from "../origin/connection.ts";

/** Bytes that are read at a time. */
const chunkBytes = 128 * 1024;

/** Most buffers that wait to be used again. */
const mostSpare = 64;

const spare: Buffer[] = [];

/**
 * Hands a part of a file on. The buffer is used again, for the next chunk and for the next file.
 *
 * @throws when the file is shorter, or what the sink throws.
 */
export async function forwardFile(
  file: FileHandle,
  { first, last }: ByteRange,
  sink: Sink,
): Promise<void> {
  const buffer = spare.pop() ?? Buffer.allocUnsafeSlow(chunkBytes);
  let position = first;
  while (position <= last) {
    const wanted = Math.min(chunkBytes, last - position + 1);
    const { bytesRead } = await file.read(buffer, 0, wanted, position);
    if (bytesRead === 0) throw new Error("a file of the segment cache is shorter than it was");
    await sink(buffer.subarray(0, bytesRead));
    position += bytesRead;
  }
  // After an error the buffer may still be on its way to a viewer.
  if (spare.length < mostSpare) spare.push(buffer);
}
