import { type Box, findBox, readBoxes } from "./boxes.ts";
import type { Samples } from "./samples.ts";

/** Flags of a track fragment's header: which optional fields it has. */
const header = {
  baseDataOffset: 0x000001,
  descriptionIndex: 0x000002,
  duration: 0x000008,
  size: 0x000010,
  flags: 0x000020,
} as const;

/** Flags of a run of samples: which optional fields it and its samples have. */
const run = {
  dataOffset: 0x000001,
  firstFlags: 0x000004,
  duration: 0x000100,
  size: 0x000200,
  flags: 0x000400,
  shift: 0x000800,
} as const;

/** Set in a sample's flags when no player can begin at it. */
const isNoEntry = 0x00010000;

/** What samples are that say nothing else. */
interface Defaults {
  readonly duration: number;
  readonly size: number;
  readonly flags: number;
}

/** Reads big-endian numbers one after the other. */
class Cursor {
  #at = 4;
  readonly #bytes: Buffer;
  /** The flags of a full box. */
  readonly flags: number;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
    this.flags = bytes.readUInt32BE(0) & 0xffffff;
  }

  unsigned(): number {
    this.#at += 4;
    return this.#bytes.readUInt32BE(this.#at - 4);
  }

  signed(): number {
    this.#at += 4;
    return this.#bytes.readInt32BE(this.#at - 4);
  }

  skip(bytes: number): void {
    this.#at += bytes;
  }

  /** The next number if the flag says that it is there. */
  optional(flag: number, otherwise: number): number {
    return this.flags & flag ? this.unsigned() : otherwise;
  }
}

/**
 * Adds the samples of a fragment to their tracks.
 *
 * @param moof the fragment's header.
 * @param tracks by their number.
 * @param position where the fragment's media will be, counted from the first byte of all media.
 */
export function addFragment(
  moof: Box,
  tracks: ReadonlyMap<number, Samples>,
  position: number,
): void {
  // Offsets in a fragment count from its first byte; its media follow its header and that of their box.
  const mediaAt = moof.body.length + 16;
  for (const traf of readBoxes(moof.body).filter(({ type }) => type === "traf")) {
    const children = readBoxes(traf.body);
    const { track, defaults } = readHeader(findBox(children, "tfhd"));
    const samples = tracks.get(track);
    if (!samples) throw new Error(`a fragment of track ${track}, which the film does not have`);
    checkTime(findBox(children, "tfdt"), samples);
    for (const { type, body } of children) {
      if (type === "trun") addRun(new Cursor(body), samples, defaults, position - mediaAt);
    }
  }
}

/** A table of samples has no gaps: each begins when the one before it ends. */
function checkTime({ body }: Box, { decoded }: Samples): void {
  const time = body[0] === 1 ? Number(body.readBigUInt64BE(4)) : body.readUInt32BE(4);
  if (time !== decoded) throw new Error(`a fragment begins at ${time}, and not at ${decoded}`);
}

function readHeader({ body }: Box): { track: number; defaults: Defaults } {
  const cursor = new Cursor(body);
  const track = cursor.unsigned();
  if (cursor.flags & header.baseDataOffset) cursor.skip(8);
  if (cursor.flags & header.descriptionIndex) cursor.skip(4);
  const duration = cursor.optional(header.duration, 0);
  const size = cursor.optional(header.size, 0);
  return { track, defaults: { duration, size, flags: cursor.optional(header.flags, 0) } };
}

function addRun(cursor: Cursor, samples: Samples, defaults: Defaults, origin: number): void {
  const count = cursor.unsigned();
  const offset = cursor.flags & run.dataOffset ? cursor.signed() : 0;
  let first = cursor.flags & run.firstFlags ? cursor.unsigned() : undefined;
  samples.chunkOffsets.push(origin + offset);
  samples.chunkSizes.push(count);
  for (let index = 0; index < count; index += 1) {
    const duration = cursor.optional(run.duration, defaults.duration);
    const size = cursor.optional(run.size, defaults.size);
    const flags = cursor.optional(run.flags, first ?? defaults.flags);
    const shift = cursor.flags & run.shift ? cursor.signed() : 0;
    samples.add({ duration, size, shift, isEntry: (flags & isNoEntry) === 0 });
    first = undefined;
  }
}
