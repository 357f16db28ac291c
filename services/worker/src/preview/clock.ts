import { createInterface } from "node:readline";
import { Readable } from "node:stream";

import { ticks } from "./filters.ts";

/**
 * Reads how long a film is, in seconds, from a list of frames that come {@link ticks} times a second. Each has a line:
 * stream, decoding time, time, duration, bytes, checksum.
 */
export async function readClock(body: AsyncIterable<Uint8Array>): Promise<number> {
  let frames = 0;
  for await (const line of createInterface({ input: Readable.from(body) }))
    if (line.startsWith("0,")) frames = Number(line.split(",")[2]) + 1;
  return frames / ticks;
}
