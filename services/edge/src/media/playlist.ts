import { RequestError } from "@mam-services/common/errors";

import type { Opened } from "../origin/origin.ts";

/** Largest playlist in bytes that is read; one of a film of ten hours in segments of 2 seconds has about 400 kB. */
const largestPlaylist = 4 * 1024 * 1024;

/**
 * Reads a playlist that was opened whole: only its text says whether it still grows.
 *
 * @throws RequestError 502 when it is larger than any playlist, or storage breaks off.
 */
export async function readPlaylist({ forward, cancel }: Opened, size: number): Promise<Buffer> {
  const unusable = (cause: unknown) =>
    new RequestError(502, "storage-unavailable", "Storage cannot be used.", { cause });
  if (size > largestPlaylist) {
    cancel();
    throw unusable(new Error(`a playlist has ${size} bytes, expected at most ${largestPlaylist}`));
  }
  const chunks: Buffer[] = [];
  try {
    await forward((chunk) => {
      chunks.push(Buffer.from(chunk));
      return undefined;
    });
  } catch (error) {
    throw unusable(error);
  }
  return Buffer.concat(chunks);
}
