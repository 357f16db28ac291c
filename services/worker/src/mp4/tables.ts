import { type Box, copyBox, readBoxes, writeBox } from "./boxes.ts";
import type { Samples } from "./samples.ts";

/** The tables that a fragmented film has in its fragments instead. */
const written = ["stts", "ctts", "stss", "stsc", "stsz", "stco", "co64"];

/** Numbers as 32 bits each; as many as a long film has. */
export function int32(numbers: Iterable<number>): Buffer {
  const bytes = Buffer.from(Int32Array.from(numbers).buffer);
  return bytes.swap32();
}

/**
 * Writes what is known of a track's samples: `description` says how they are coded, and stays as it is.
 *
 * @param origin where the first byte of all media is in the file.
 */
export function sampleTables(description: Box, samples: Samples, origin: number): Buffer {
  const kept = readBoxes(description.body).filter(({ type }) => !written.includes(type));
  return writeBox("stbl", ...kept.map(copyBox), ...tablesOf(samples, origin));
}

function* tablesOf(samples: Samples, origin: number): Generator<Buffer> {
  const { durations, shifts, entries, sizes, chunkSizes, chunkOffsets } = samples;
  yield table("stts", [...runs(durations)]);
  const shiftRuns = [...runs(shifts)];
  if (shiftRuns.some(([, value]) => value !== 0)) yield shiftTable(shiftRuns);
  // Without this table a player may begin at every sample.
  if (entries.length < sizes.length)
    yield table(
      "stss",
      [...entries].map((entry) => [entry]),
    );
  yield table("stsc", [...chunkRuns(chunkSizes)]);
  yield writeBox("stsz", int32([0, 0, sizes.length]), int32(sizes));
  yield writeBox("co64", int32([0, chunkOffsets.length]), int64(chunkOffsets, origin));
}

/** Version 1 has signed shifts. */
function shiftTable(shiftRuns: readonly (readonly [number, number])[]): Buffer {
  const version = shiftRuns.some(([, value]) => value < 0) ? 0x01000000 : 0;
  return table("ctts", shiftRuns, version);
}

/** A table of rows, behind its version and how many there are. */
function table(type: string, rows: readonly (readonly number[])[], version = 0): Buffer {
  return writeBox(type, int32([version, rows.length]), int32(rows.flat()));
}

/** How often each value comes in a row. */
function* runs(values: Iterable<number>): Generator<[count: number, value: number]> {
  let run: [number, number] | undefined;
  for (const value of values) {
    if (run?.[1] === value) run[0] += 1;
    else {
      if (run) yield run;
      run = [1, value];
    }
  }
  if (run) yield run;
}

/** From which chunk on chunks have so many samples, each of the first description. */
function* chunkRuns(sizes: Iterable<number>): Generator<number[]> {
  let first = 1;
  for (const [count, size] of runs(sizes)) {
    yield [first, size, 1];
    first += count;
  }
}

function int64(values: readonly number[], origin: number): Buffer {
  const bytes = Buffer.alloc(8 * values.length);
  values.forEach((value, index) => bytes.writeBigUInt64BE(BigInt(origin + value), 8 * index));
  return bytes;
}
