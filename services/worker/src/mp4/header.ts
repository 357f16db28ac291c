import { type Box, boxAt, copyBox, readBoxes, rewriteBox, writeBox } from "./boxes.ts";
import type { Samples } from "./samples.ts";
import { int32, sampleTables } from "./tables.ts";

/** Number of a track. */
export function trackNumber(trak: Box): number {
  const { body } = boxAt(trak, "tkhd");
  return body.readUInt32BE(body[0] === 1 ? 20 : 12);
}

/** Units of time in a second: of a track when it is given its `mdhd`, of the film when it is given its `mvhd`. */
export function timeScale({ body }: Box): number {
  return body.readUInt32BE(body[0] === 1 ? 20 : 12);
}

/**
 * Writes the header of a film whose samples are all known, from the one that its fragments came with.
 *
 * @param moov the header without samples.
 * @param tracks samples by number of the track.
 * @param origin where the first byte of all media is in the file.
 */
export function writeHeader(
  moov: Box,
  tracks: ReadonlyMap<number, Samples>,
  origin: number,
): Buffer {
  const filmScale = timeScale(boxAt(moov, "mvhd"));
  const lengths = readBoxes(moov.body)
    .filter(({ type }) => type === "trak")
    .map((trak) => lengthOf(trak, tracks, filmScale));
  return rewriteBox(moov, (child) => {
    if (child.type === "mvex") return undefined;
    if (child.type === "mvhd") return withDuration(child, 16, Math.max(...lengths));
    if (child.type === "trak") return writeTrack(child, tracks, { filmScale, origin });
    return copyBox(child);
  });
}

/** The track of the picture, and units of its time in a second; undefined when there is none. */
export function pictureTrack(moov: Box): { track: Box; scale: number } | undefined {
  const track = readBoxes(moov.body).find(
    (box) => box.type === "trak" && handlerOf(box) === "vide",
  );
  return track && { track, scale: timeScale(boxAt(track, "mdia", "mdhd")) };
}

const handlerOf = (trak: Box) => boxAt(trak, "mdia", "hdlr").body.toString("latin1", 8, 12);

/** What a track needs to know of the film. */
interface FilmContext {
  readonly filmScale: number;
  readonly origin: number;
}

function samplesOf(trak: Box, tracks: ReadonlyMap<number, Samples>): Samples {
  const number = trackNumber(trak);
  const samples = tracks.get(number);
  if (!samples) throw new Error(`track ${number} has no samples`);
  return samples;
}

/** Length of a track in the film's time, with what it waits before it begins. */
export function lengthOf(
  trak: Box,
  tracks: ReadonlyMap<number, Samples>,
  filmScale: number,
): number {
  const samples = samplesOf(trak, tracks);
  const { wait, leadIn } = beginningOf(trak);
  const scale = timeScale(boxAt(trak, "mdia", "mdhd"));
  return wait + Math.round(((samples.end - leadIn) * filmScale) / scale);
}

/** How a track begins. */
interface Beginning {
  /** How long nothing of it is shown, in the film's time. */
  readonly wait: number;
  /** How much is cut off its samples, in its own time: what codecs and reordered pictures need to get going. */
  readonly leadIn: number;
}

/** An edit of a track: its length in the film's time, and where in the track it begins, or -1 for nothing. */
const editBytes = 12;

function beginningOf(trak: Box): Beginning {
  const edits = readBoxes(trak.body).find(({ type }) => type === "edts");
  if (!edits) return { wait: 0, leadIn: 0 };
  const { body } = boxAt(edits, "elst");
  let [wait, leadIn] = [0, 0];
  for (let at = 8; at + editBytes <= body.length; at += editBytes) {
    const start = body.readInt32BE(at + 4);
    if (start < 0) wait += body.readUInt32BE(at);
    else leadIn = start;
  }
  return { wait, leadIn };
}

function writeTrack(trak: Box, tracks: ReadonlyMap<number, Samples>, context: FilmContext): Buffer {
  const { filmScale, origin } = context;
  const samples = samplesOf(trak, tracks);
  const beginning = beginningOf(trak);
  const length = lengthOf(trak, tracks, filmScale);
  return rewriteBox(trak, (child) => {
    if (child.type === "tkhd") return withDuration(child, 20, length);
    if (child.type === "edts") return writeEdits(beginning, length);
    if (child.type !== "mdia") return copyBox(child);
    return rewriteBox(child, (part) => {
      if (part.type === "mdhd") return mediaHeader(part, samples.decoded);
      if (part.type !== "minf") return copyBox(part);
      return rewriteBox(part, (info) =>
        info.type === "stbl" ? sampleTables(info, samples, origin) : copyBox(info),
      );
    });
  });
}

function writeEdits({ wait, leadIn }: Beginning, length: number): Buffer {
  const edits = [...(wait > 0 ? [[wait, -1]] : []), [length - wait, leadIn]];
  const numbers = edits.flatMap(([duration = 0, start = 0]) => [duration, start, 0x00010000]);
  return writeBox("edts", writeBox("elst", int32([0, edits.length, ...numbers])));
}

/** A header of version 0 with another duration, at this byte of its body. */
function withDuration({ type, body }: Box, at: number, duration: number): Buffer {
  if (body[0] !== 0) throw new Error(`${type} is of version ${body[0] ?? "none"}, expected 0`);
  const copy = Buffer.from(body);
  copy.writeUInt32BE(duration, at);
  return writeBox(type, copy);
}

/** A track's header with 64 bits for its duration: at this time scale 32 bits hold ten hours. */
function mediaHeader({ type, body }: Box, duration: number): Buffer {
  const header = Buffer.alloc(32);
  header.writeUInt8(1);
  header.writeUInt32BE(timeScale({ type, body }), 20);
  header.writeBigUInt64BE(BigInt(duration), 24);
  return writeBox(type, header, body.subarray(20));
}
