/** The first part of a file, as an upload or a card that broke off leaves it. */
export function cut(bytes: Buffer, part: number): Buffer {
  return bytes.subarray(0, Math.floor(bytes.length * part));
}

/** A film that says it has to be turned clockwise, by the matrix in the header of its first track. */
export function rotated(bytes: Buffer, degrees: 90 | 180): Buffer {
  const copy = Buffer.from(bytes);
  const header = copy.indexOf("tkhd", 0, "latin1");
  if (header === -1) throw new Error("the film has no track");
  const one = 0x00010000;
  const turn = { 90: [0, one, -one, 0], 180: [-one, 0, 0, -one] }[degrees];
  // The matrix stands behind type, version, times, number, duration, layer, group and volume; its third column stays.
  const matrix = header + 4 + 40;
  [0, 4, 12, 16].forEach((at, index) => copy.writeInt32BE(turn[index] ?? 0, matrix + at));
  return copy;
}

/** A film of which a part, between 0 and 1 of its length, was overwritten. */
export function damaged(bytes: Buffer, from: number, to: number): Buffer {
  const copy = Buffer.from(bytes);
  for (let at = Math.floor(from * bytes.length); at < to * bytes.length; at += 1)
    copy[at] = (at * 2654435761) & 0xff;
  return copy;
}
